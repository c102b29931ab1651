"""An admission in a seller's words is noticed; a no, a condition and a question are none."""

import pytest

from tuidan.domain.talk_admission import admits


@pytest.mark.parametrize(
    "text",
    [
        "我们核实后是我方发错了，可以退款",
        "可以全额退款给您",
        "给您退款",
        "这边同意部分退款",
        "退您一半可以吗，我给您退 20",
        "确实是我们的问题，抱歉",
        "不好意思，我们充错账号了",
        "供货商漏发，马上退款",
        "we will refund you",
        "sorry, our mistake",
    ],
)
def test_an_admission_is_noticed(text: str) -> None:
    assert admits(text)


@pytest.mark.parametrize(
    "text",
    [
        "不可以退款",
        "虚拟商品不能退款",
        "不是我们的问题",
        "如果是我们发错了，会处理",
        "您是想退款吗",
        "需要您提供截图才可以退款",
        "已经发货，请查收",
        "请问哪里有问题",
        "退款要等平台审核",
        "we cannot refund this",
        "",
    ],
)
def test_a_no_a_condition_and_a_question_admit_nothing(text: str) -> None:
    assert not admits(text)
