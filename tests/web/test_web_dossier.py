"""The dossier: what each reader finds in it, that nothing a person writes becomes markup, and the PDF itself."""

import io
from dataclasses import replace
from uuid import uuid4

import pikepdf
import pytest
from pdf_text import pages_of, text_of

from shopfloor import Bought, kinds, later, reveal, sealed, state
from tuidan.commands import dispute, talk
from tuidan.commands.hearing import act
from tuidan.connectors.typesetters import glyphs, pdf
from tuidan.domain import commands as c
from tuidan.domain.dossier.law import MARKS, REASON_RULES, RULE_LAWS
from tuidan.domain.dossier.record import Dossier
from tuidan.reads.dossier import dossier_as
from tuidan.sandbox.bench.dossier import time_dossier
from tuidan.store.log.append import append_heads
from tuidan.store.log.checkpoints import sign_newest
from tuidan.store.people import create_person
from tuidan.web.shared.complaint_text import CHARS_MAX, complaint_text
from tuidan.web.shared.dossier_text import document
from tuidan.web.shared.rules import RULES
from tuidan.web.shared.terms_shown import article_text
from tuidan.web.shared.words import WORDS

HOSTILE = (
    '#set page(fill: red)\n= 标题 *粗* _斜_ $x^2$ `原样` <标签> @引用 \\ // 注释 /* 块 */ "引号" #{1+1} '
    '#import "@preview/x:1.0.0" </script><b>x</b> {{ x }} #read("dossier.typ") \\u{41} ~ -- ...'
)
UNSHOWABLE = "倒\u202e写 😀 铃\u0007 零宽\u200b"


def told(words: str = "提示已被激活，充不进去") -> Bought:
    """A code was shown and does not work; both sides have spoken, and a reviewer decided a part."""
    bought = sealed(issuer="")
    buyer, seller = c.Actor("buyer", str(bought.buyer)), c.Actor("seller", str(bought.shop))
    reveal(bought, 1, later(5))
    assert talk.send_message(bought.id, buyer, talk.Message(words), "m", later(7)).ok
    assert dispute.request_refund(bought.id, bought.buyer, 1, "item_invalid", "r", later(9), words=words).ok
    assert act(
        bought.id, buyer, c.FileExhibit(1, "error_screenshot", True, True, False), "x", later(20), words
    ).ok
    answer = c.AnswerExhibit(1, 1, "dispute")
    assert act(bought.id, seller, answer, "a", later(30), "这不是我们的卡").ok
    assert act(bought.id, c.Actor("reviewer", str(uuid4())), c.CallPlatform(1), "t", later(40)).ok
    judgement = c.DecideCase(1, True, 1_000, ("goodwill",), state(bought).version)
    assert dispute.decide_case(bought.id, uuid4(), judgement, "d", later(60)).ok
    return bought


def seen(bought: Bought, reader: str = "buyer") -> Dossier:
    found = dossier_as(bought.id, reader, "https://tuidan.example")
    assert found is not None
    return found


def set_in(bought: Bought, language: str = "zh", reader: str = "buyer") -> bytes:
    return pdf.typeset(document(seen(bought, reader), language))


@pytest.fixture(scope="module")
def case(database: str) -> Bought:
    """One case for all tests that only look."""
    return told()


@pytest.fixture(scope="module")
def body(case: Bought) -> bytes:
    return set_in(case)


def test_the_dossier_says_who_what_when_how_much_and_by_which_law(body: bytes) -> None:
    text = text_of(body)
    for said in (
        "小店",
        "点卡 50 元",
        "2026-11-23 18:00:09",
        "¥48.80",
        "¥10.00",
        "¥38.80",
        "消法52",
        "电商法62",
    ):
        assert said in text, said
    assert "提示已被激活，充不进去" in text
    assert "这不是我们的卡" in text


def test_each_fact_carries_its_number_and_its_whole_hash(case: Bought, body: bytes) -> None:
    found, text = seen(case), text_of(body)
    told_kinds = [kind for kind in kinds(case) if kind != "payment_started"]
    assert [fact.kind for fact in found.facts] == told_kinds
    assert [fact.n for fact in found.facts if f"#{fact.n}" not in text or fact.hash not in text] == []
    assert found.head in text


def test_the_same_state_gives_the_same_bytes(case: Bought, body: bytes) -> None:
    assert set_in(case) == body


def test_a_logged_order_names_its_leaf_and_stays_the_same_while_the_log_grows() -> None:
    bought, other = told(), sealed()
    append_heads([bought.id])
    sign_newest(later(100))
    found, before = seen(bought), set_in(bought)
    assert found.proof is not None
    assert f"第 {found.proof.index} 号位置" in text_of(before).replace("\n", "")
    append_heads([other.id])
    sign_newest(later(101))
    assert set_in(bought) == before


def test_another_event_gives_another_document() -> None:
    bought = told()
    before = set_in(bought)
    buyer = c.Actor("buyer", str(bought.buyer))
    assert talk.send_message(bought.id, buyer, talk.Message("还有一句"), "m2", later(70)).ok
    assert set_in(bought) != before


def test_the_file_says_that_it_is_an_archive_and_holds_its_fonts(body: bytes) -> None:
    with pikepdf.open(io.BytesIO(body)) as found:
        assert found.check_pdf_syntax() == []
        about = found.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")
        assert found.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert found.docinfo.get("/Title") == "退款争议材料"
        fonts = [
            font.DescendantFonts[0].FontDescriptor
            for page in found.pages
            for font in page.resources.Font.values()
        ]
        assert fonts
        assert all(any(name in font for name in ("/FontFile2", "/FontFile3")) for font in fonts)
        assert "/JavaScript" not in found.Root.get("/Names", {})


def test_every_page_has_its_number(body: bytes) -> None:
    count, text = pages_of(body), text_of(body)
    assert [n for n in range(1, count + 1) if f"第 {n} 页，共 {count} 页" not in text] == []


def test_the_dossier_is_written_in_english_too(case: Bought) -> None:
    text = text_of(pdf.typeset(document(seen(case), "en")))
    assert "Dossier of a refund dispute" in text
    assert "Protection Law art. 52" in " ".join(text.split())


def test_what_a_person_writes_is_text_and_never_markup() -> None:
    text = text_of(set_in(told(HOSTILE))).replace("\n", "").replace(" ", "")
    for line in HOSTILE.splitlines():
        assert line.replace(" ", "") in text


def test_what_no_font_can_show_is_written_out_and_hides_nothing() -> None:
    text = text_of(set_in(told(UNSHOWABLE))).replace("\n", "")
    assert "倒[U+202E]写 [U+1F600] 铃[U+0007] 零宽" in text


def test_a_character_map_is_read_from_the_font() -> None:
    characters = frozenset(map(ord, "卡密"))
    assert glyphs.fitted("卡a密\ufe0f\n", characters) == "卡[U+0061]密\n"


def test_a_seller_learns_no_name_and_no_payer_of_the_buyer() -> None:
    bought = told()
    create_person(f"{uuid4()}@example.com", None, "王小买", later(0), id=bought.buyer)
    mine, theirs = seen(bought), seen(bought, "seller")
    assert (mine.payer, mine.parties[0].name) == ("138****0000", "王小买")
    assert (theirs.payer, theirs.parties[0].name, theirs.parties[0].contact) == ("", "", "")
    text = text_of(set_in(bought, reader="seller"))
    assert "未向您披露" in text
    assert "王小买" not in text


def test_the_files_of_an_exhibit_stand_beside_it_and_in_the_annexes(case: Bought) -> None:
    found = seen(case)
    one = replace(found.items[0], files=("ab" * 32, "cd" * 32))
    text = text_of(pdf.typeset(document(replace(found, items=(one,)), "zh")))
    assert ("ab" * 32 in text, "cd" * 32 in text) == (True, True)


def test_erased_words_are_named_as_erased(case: Bought) -> None:
    found = seen(case)
    gone = replace(found, facts=tuple(replace(fact, words=None) for fact in found.facts))
    assert "原文已依法删除" in text_of(pdf.typeset(document(gone, "zh")))


def test_the_complaint_names_everything_in_at_most_500_characters(case: Bought) -> None:
    found = seen(case)
    text = complaint_text(found, "zh")
    for said in (
        "小店",
        "点卡 50 元",
        str(case.id),
        "48.80",
        "38.80",
        "卡密不能用",
        "消法",
        found.head[:16],
    ):
        assert said in text, said
    assert len(text) <= CHARS_MAX


def test_the_longest_names_still_fit_the_complaint(case: Bought) -> None:
    found = seen(case)
    parties = tuple(replace(party, name="店" * 200) for party in found.parties)
    long = replace(found, parties=parties, goods=replace(found.goods, title="货" * 120), trade_no="9" * 64)
    assert len(complaint_text(long, "zh")) <= CHARS_MAX
    assert found.head[:16] in complaint_text(long, "zh")


def test_a_seller_is_given_no_complaint(case: Bought) -> None:
    assert complaint_text(seen(case, "seller"), "zh") == ""


def test_without_a_request_there_is_no_complaint_and_no_demand() -> None:
    found = seen(sealed())
    assert (complaint_text(found, "zh"), found.demand.amount_fen) == ("", 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_article_has_its_name_and_its_gist(language: str) -> None:
    assert [mark for mark in MARKS if f"law.{mark}" not in WORDS] == []
    assert all(article_text(mark, language) for mark in MARKS)


def test_every_rule_that_decides_names_its_source() -> None:
    assert set(RULES) - set(RULE_LAWS) == {"R19"}
    assert {rule for rules in REASON_RULES.values() for rule in rules} <= set(RULE_LAWS)


def test_without_the_typesetter_the_reason_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "NEEDED", ("no_such_package",))
    with pytest.raises(pdf.NoTypesetter, match="extra `dossier`"):
        pdf.typeset({})


def test_a_document_that_cannot_be_set_says_so_and_harms_nobody() -> None:
    with pytest.raises(pdf.TypesettingFailed, match="subject"):
        pdf.typeset({"lang": "zh", "day": [2026, 1, 1], "title": "x", "page": ["", "", ""]})


def test_a_document_beyond_all_bounds_is_refused_before_it_costs_anything() -> None:
    with pytest.raises(pdf.TypesettingFailed, match="more than"):
        pdf.typeset({"title": "x" * pdf.BYTES_MAX})


def test_fifty_pages_are_set_with_a_table_of_contents() -> None:
    measured = time_dossier(50)
    assert measured.pages >= 50
    assert measured.seconds < 20
