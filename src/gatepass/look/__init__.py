"""How everything looks: tokens, components, template tags. Knows no module of the business."""
