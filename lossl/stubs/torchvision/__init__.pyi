"""torchvision: its modules are models and ops."""


