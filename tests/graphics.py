"""Programs for a GPU on a machine without one: `replaced()` lets them run on the processor.

Mixed precision is that of the processor, bfloat16, which allows every loss. What a GPU refuses is decided by PyTorch's
own dispatcher, which needs no GPU for it: `ask` shows it tensors that have a device and a type, but no numbers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

ON: list[bool] = []
"""Whether mixed precision of a GPU is switched on, by the blocks that are open."""


@contextlib.contextmanager
def replaced() -> Iterator[None]:
    """What is moved to a GPU stays where it is; mixed precision there is mixed precision here."""
    import torch
    from torch.overrides import TorchFunctionMode

    class Stay(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = dict(kwargs or {})
            if getattr(func, "__name__", "") == "cuda":
                return args[0]
            if "cuda" in str(kwargs.get("device", "")):
                kwargs["device"] = "cpu"
            return func(*args, **kwargs)

    kind = torch.amp.autocast_mode.autocast
    with contextlib.ExitStack() as stack:
        for name, new in (("__init__", made(kind)), ("__enter__", entered(kind)), ("__exit__", left(kind))):
            stack.enter_context(mock.patch.object(kind, name, new))
        stack.enter_context(mock.patch.object(torch.nn.Module, "cuda", lambda module, device=None: module))
        stack.enter_context(Stay())
        yield


def made(kind: type) -> Callable[..., None]:
    """A block of mixed precision is made; that of a GPU becomes one of the processor."""
    import torch

    original = kind.__init__  # type: ignore[misc]

    def wrapped(self: Any, device_type: str, dtype: Any = None, enabled: bool = True, **options: Any) -> None:
        self.graphics = device_type == "cuda"
        if self.graphics:
            device_type, dtype = "cpu", torch.bfloat16
        original(self, device_type, dtype=dtype, enabled=enabled, **options)
        self.on = self.graphics and enabled

    return wrapped


def entered(kind: type) -> Callable[..., Any]:
    """A block of mixed precision begins."""
    original = kind.__enter__  # type: ignore[attr-defined]

    def wrapped(self: Any) -> Any:
        ON.append(self.on)
        return original(self)

    return wrapped


def left(kind: type) -> Callable[..., Any]:
    """A block of mixed precision ends."""
    original = kind.__exit__  # type: ignore[attr-defined]

    def wrapped(self: Any, *raised: Any) -> Any:
        ON.pop()
        return original(self, *raised)

    return wrapped


def ask(function: Callable[..., Any], given: dict[str, Any]) -> None:
    """Raises what a function raises on a GPU, if mixed precision is on there."""
    if not ON or not ON[-1]:
        return
    import torch
    from torch._subclasses.fake_tensor import FakeTensorMode

    with torch._C.DisableTorchFunction(), FakeTensorMode(), torch.no_grad():
        shown = {name: moved(value) for name, value in given.items()}
        torch.set_autocast_enabled("cuda", True)
        try:
            function(**shown)
        finally:
            torch.set_autocast_enabled("cuda", False)


def moved(value: Any) -> Any:
    """A tensor without numbers that lies on a GPU."""
    import torch

    if not isinstance(value, torch.Tensor):
        return value
    return torch.empty(value.shape, dtype=value.dtype, device="cuda")
