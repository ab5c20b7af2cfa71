# ruff: noqa: RUF001 - Chinese has marks of its own
"""Terms and marks of the Chinese pages: as officials of the reform write them, in every catalogue."""

import re

import pytest

from tests.catalogues import catalogue

REPLACED = {  # terms that no page says any more, and what it says
    "国家级": "大国工匠",
    "冻结": "维持现状（基准情景）",
    "以人为先": "权益保障优先",
    "学徒(?!工|制)": "学徒工",
    "思想引领": "思想政治引领",
    "以技能定薪|按技能付酬": "技能要素参与分配（技高者多得）",
    "企业培训责任": "企业职工培训主体责任",
    "补贴性培训": "政府补贴性职业技能培训",
    "学位": "职业院校招生规模",
    "职工代表大会": "职代会建制覆盖",
    "离开(产业|行业)": "退出产业工人队伍",
    "风险率": "年发生率",
    "认知不足": "参数不确定性",
    "主体(?!责任)": "模拟个体",
    "或许": "可能性约各半",
    "或更[高低]": "至少为, 至多为",
    "三级目标|三个目标": "三项目标",
    "培养对象|培养期|进入培养": "培育对象, 培育期",
    "考评": "考核",
    "市民权利": "市民待遇",
    "流动者": "务工人员",
    "(?<!再)次运行|运行次数|运气": "次模拟, 模拟次数, 偶然因素",
    "完全预见|固定方案": "完全预知, 既定方案",
}
MISPRINTS = {
    "[\u4e00-\u9fff][,;:!?()]|[,;:!?(][\u4e00-\u9fff]": "punctuation of Chinese is as wide as a sign",
    "[\"']": "quotes are curved",
    "  |[\u4e00-\u9fff] +[\u4e00-\u9fff]| [，。；：、）”]|[（“] ": "a space too many",
    "的的|了了|，，|。。|，。": "a sign twice",
    "“[^”]*“": "quotes inside quotes are single",
    "\\d+ (元|人|年|次|个|万|亿)": "no space before a unit",
}


def test_no_single_letter_is_translated():
    """It means one thing in a figure and another in a table: C is a grade of evidence, too."""
    assert [entry for entry in catalogue("zh") if re.fullmatch("[A-Za-z]", entry[1])] == []


@pytest.mark.parametrize("pattern", [*REPLACED, *MISPRINTS])
def test_chinese_is_written_as_officials_write_it(pattern):
    found = [(file, text) for file, _, text in catalogue("zh") if re.search(pattern, text)]
    assert found == [], {**REPLACED, **MISPRINTS}[pattern]
