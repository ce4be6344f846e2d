"""The last lines of a report: how much was found, how much of it can be repaired, how many loss calls are known."""

from __future__ import annotations

from lossl.diagnostic import Diagnostic, Outcome, Report, Severity


def summary(report: Report, *, unsafe: bool) -> list[str]:
    """Two lines, without newlines. `unsafe` tells that `--fix` would apply unsafe fixes as well."""
    return [_found(report, unsafe), loss_calls(report)]


def loss_calls(report: Report) -> str:
    """How many loss calls there are, by outcome; silence must never be read as approval."""
    total = len(report.verdicts)
    if not total:
        return f"No loss calls in {count(report.files, 'file')}."
    outcomes = ", ".join(f"{report.count(outcome)} {outcome.value}" for outcome in Outcome)
    return f"{count(total, 'loss call')}: {outcomes} (lossl trace shows them)"


def count(number: int, thing: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _found(report: Report, unsafe: bool) -> str:
    ignored = f"; {report.ignored} ignored by comments" if report.ignored else ""
    ignored += f"; {report.known} known from the baseline" if report.known else ""
    if not report.diagnostics:
        return f"No mismatches found{ignored}."
    kinds = [(severity, sum(each.severity is severity for each in report.diagnostics)) for severity in Severity]
    found = ", ".join(_counted(number, severity) for severity, number in kinds if number)
    files = count(len({each.location.path for each in report.diagnostics}), "file")
    return f"Found {found} in {files}{_fixable(report.diagnostics, unsafe)}{ignored}"


def _counted(number: int, severity: Severity) -> str:
    return f"{number} info" if severity is Severity.INFO else count(number, severity.value)


def _fixable(diagnostics: tuple[Diagnostic, ...], unsafe: bool) -> str:
    safe = sum(any(fix.safe for fix in each.fixes) for each in diagnostics)
    more = sum(bool(each.fixes) for each in diagnostics) - safe
    if unsafe:
        safe, more = safe + more, 0
    parts = [f"{safe} fixable with --fix"] if safe else []
    if more:
        parts.append(f"{more} more with --unsafe-fixes" if safe else f"{more} fixable with --fix --unsafe-fixes")
    return f" ({', '.join(parts)})" if parts else ""
