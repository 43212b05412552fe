"""Backups are signed (Ed25519): who restores one knows that this company's program wrote it, and that nobody changed it since.

The secret half is made once in the data folder and is in no backup; the public half is shown at founding, to be kept elsewhere.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FILE: Final = "backup-key"
_PUBLIC: Final = re.compile(r"[0-9a-f]{64}")


def public(data: Path) -> str:
    """The public half of this folder's key, 64 hexadecimal digits; the key is made where there is none."""
    return _key(data).public_key().public_bytes_raw().hex()


def known(data: Path) -> str:
    """The same where there is a key already; "" where there is none. Makes nothing."""
    return public(data) if (data / FILE).exists() else ""


def sign(data: Path, content: bytes) -> bytes:
    return _key(data).sign(content)


def verified(key: str, content: bytes, signature: bytes) -> bool:
    """Whether the owner of this key signed the content. A key that is none verifies nothing."""
    if not _PUBLIC.fullmatch(key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def typed(text: str) -> str:
    """A public key as somebody typed or pasted it; "" where it is none."""
    key = re.sub(r"[\s:-]", "", text).lower()
    return key if _PUBLIC.fullmatch(key) else ""


def _key(data: Path) -> Ed25519PrivateKey:
    file = data / FILE
    if not file.exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = data / f"{FILE}.{os.getpid()}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as new:
            new.write(Ed25519PrivateKey.generate().private_bytes_raw())
        try:
            os.link(unfinished, file)  # whoever comes second takes the first one's
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
