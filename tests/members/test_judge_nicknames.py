"""`manage.py judge_nicknames FILE --rules RULES`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DATA = Path(__file__).parents[1] / "data"
REGULATIONS = Path(__file__).parents[2] / "regulations"


def judged(file, rules=DATA / "nickname_rules.yaml"):
    out = StringIO()
    call_command("judge_nicknames", str(file), rules=rules, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def written(tmp_path, *lines):
    file = tmp_path / "nicknames.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return file


ZHANG = {"name": "张三", "dept": "销售部", "title": None}


def test_the_lines_come_out_as_they_went_in_with_the_judgement_added():
    given = [json.loads(line) for line in (DATA / "nicknames.jsonl").read_text(encoding="utf-8").splitlines()]
    found = judged(DATA / "nicknames.jsonl")
    assert len(found) == len(given)
    for before, after in zip(given, found, strict=True):
        assert after["nickname"] == before["nickname"]
        assert after["verdict"] == before["expected"]
        assert {"faults", "canonical"} <= after.keys()


def test_faults_are_told_in_both_languages(tmp_path):
    [line] = judged(written(tmp_path, {"rule_id": "A", "nickname": "张三", "person": ZHANG}))
    [fault] = line["faults"]
    assert fault == {"code": "missing", "zh": "缺少：部门。", "en": "This part is missing: department."}
    assert line["canonical"] == "销售部-张三"


def test_a_rule_is_found_by_its_name_and_in_a_regulation_file(tmp_path):
    file = written(tmp_path, {"rule": "部门-姓名", "nickname": "销售部张三", "person": ZHANG}, "")
    assert judged(file, REGULATIONS / "company.yaml")[0]["verdict"] == "ok"


def test_a_roster_makes_namesakes_ambiguous(tmp_path):
    line = {"rule_id": "A", "nickname": "销售部-张三", "person": ZHANG, "roster": [ZHANG, ZHANG]}
    assert judged(written(tmp_path, line))[0]["verdict"] == "ambiguous"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "第 1 行不是 JSON"),
        ({"rule_id": "Z", "nickname": "张三"}, "没有代码为“Z”的规则"),
        ({"rule_id": "A", "nickname": "张三", "person": "张三"}, "第 1 行应为"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path, line, sentence):
    with pytest.raises(CommandError, match=sentence):
        judged(written(tmp_path, line))


def test_a_wrong_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        judged(tmp_path / "nowhere.jsonl")
    broken = tmp_path / "rules.yaml"
    broken.write_text("nicknames:\n  - code: A\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"rules.yaml:2: nicknames\[A\]"):
        judged(DATA / "nicknames.jsonl", broken)
