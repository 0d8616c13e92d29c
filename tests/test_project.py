"""What keeps the project's parts from drifting apart: README, commands, settings, imports, promises about files."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import tomli
from typer.models import CommandInfo

from bot.cli import app
from bot.conversation import COMMANDS
from bot.locale import languages, say
from bot.settings import Settings
from bot.telegram.profile import menu

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def tracked() -> list[Path]:
    """The files that belong to the project."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=True).stdout.decode().splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def test_every_setting_stands_in_the_example_and_nothing_else_does() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_readme_names_every_command_of_the_bot() -> None:
    for name in COMMANDS:
        assert f"/{name}" in README


def test_the_readme_names_every_command_of_the_program() -> None:
    names = [_name(command) for command in app.registered_commands if not command.hidden]
    for group in app.registered_groups:
        assert group.typer_instance
        prefix = f"{group.name} " if isinstance(group.name, str) else ""
        names += [prefix + _name(one) for one in group.typer_instance.registered_commands]
    assert len(names) > 10
    for name in names:
        assert f"claimbot {name}" in README


def _name(command: CommandInfo) -> str:
    return command.name or getattr(command.callback, "__name__", "").replace("_", "-")


def test_help_and_the_menus_show_every_command_in_every_language() -> None:
    for language in languages():
        shown = menu(language)
        assert [command.command for command in shown] == [name for name, admin in COMMANDS.items() if not admin]
        assert all(3 <= len(command.description) <= 256 for command in shown)
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in COMMANDS)
        assert all(say(language, f"command.{name}") for name in COMMANDS)


def test_every_setting_of_the_example_is_its_default() -> None:
    """But the token and the admins, which only the reader knows."""
    written = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    defaults = Settings.model_construct()
    for name in set(written) - {"TELEGRAM_BOT_TOKEN", "ADMIN_IDS", "TRUSTED_SOURCES"}:
        default = getattr(defaults, name.lower())
        assert written[name] == (f"{default:g}" if isinstance(default, float) else str(default))


def test_no_setting_is_read_when_a_module_is_imported() -> None:
    for path in tracked():
        if path.suffix == ".py" and path.parent.name != "tests" and "tests" not in path.parts:
            assert not re.search(
                r"^(?!def )\S.*(os\.environ|getenv|load_settings\(\))", path.read_text("utf-8"), re.MULTILINE
            )


def test_the_hooks_and_the_pipeline_run_what_contributors_run() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"entry: (.*)", hooks) == ["make check"]
    assert "repo: local" in hooks
    pipeline = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"^make (\w+)", pipeline, re.MULTILINE) == ["check", "test"]


def test_make_check_holds_the_import_contracts_and_the_lock_files() -> None:
    told = subprocess.run(["make", "-n", "check"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "requirements.lock"):
        assert tool in told


def test_the_readmes_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readmes_pictures_exist_say_what_they_show_and_load_fast() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\((.*?)\)", README)
    assert {ROOT / path for _, path in shown} == set((ROOT / "docs" / "pictures").glob("*.png"))
    assert all(len(words) > 80 for words, _ in shown)
    assert sum((ROOT / path).stat().st_size for _, path in shown) <= 400_000


def test_make_alone_lists_the_targets() -> None:
    told = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"demo", "test", "check", "quality", "bench", "soak", "lock"} <= set(targets)
    for target in set(targets) - {"help"}:
        assert f"make {target}" in told


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", "pyproject.toml"], cwd=ROOT, capture_output=True
    )
    assert done.returncode == 0, done.stdout.decode()


def test_lock_files_pin_with_hashes_and_name_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in lock
        assert not re.search(r"https?://|--index|--find-links", lock)


def test_the_four_packages_it_is_built_on_are_declared() -> None:
    declared = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=~ ]", one)[0] for one in declared}
    assert {"python-telegram-bot", "rapidfuzz", "sqlmodel", "apscheduler"} <= names


@pytest.mark.parametrize("path", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs/design.md"])
def test_the_usual_files_are_there(path: str) -> None:
    assert (ROOT / path).read_text("utf-8").strip()


def test_packages_are_typed() -> None:
    assert all((ROOT / package / "py.typed").exists() for package in ("bot", "claims", "db"))


def test_no_source_file_grows_beyond_what_one_reads() -> None:
    long = [str(path) for path in tracked() if path.suffix == ".py" and "gold" not in path.parts
            and len(path.read_text("utf-8").splitlines()) > 480]  # fmt: skip
    assert long == []
