#!/bin/sh
# Make sure there is a Chromium for the browser tests; where there can be none, say so plainly and go on.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 Chromium（浏览器测试用） Installing Chromium for the browser tests"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends chromium; } >/dev/null 2>&1 && exit 0
fi
timeout 300 .venv/bin/playwright install chromium >/dev/null 2>&1 && exit 0
echo "=============================================================================="
echo " 没有 Chromium：浏览器测试这次无法运行（会显示为 skipped）。"
echo " No Chromium and none could be installed: browser tests cannot run this time"
echo " (shown as skipped). Install chromium, then run make test again."
echo "=============================================================================="
