"""The encoding of a file is told from its characters, and never without a word on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import load_mapping
from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.layout import load_layout
from analysis.edc.mapping.proposal.files.encodings import rank_encodings
from analysis.edc.mapping.proposal.proposal import Proposal, propose
from analysis.edc.mapping.proposal.written.document import write_document
from analysis.run.settings.beginning import PLAIN

CHINESE = (
    "男", "是", "否", "左", "张伟", "欧阳娜娜", "缺血性卒中", "阿司匹林；氯吡格雷",
    "受试者编号,性别,姓名\n1,女,欧阳娜娜\n2,男,王小明\n",
    "患者入组时神志清楚，左侧肢体无力，NIHSS评分12分。既往高血压病史10年，规律服药。",
)  # fmt: skip
GERMAN = (
    "männlich", "Größe", "ß", "Ödem", "5 µmol/l", "37,5 °C", "Schlaganfall – links", "Müller",
    "Änderung der Medikation wegen Übelkeit; Blutdruck über 180 mmHg",
)  # fmt: skip
FRENCH = (
    "décès", "à", "créée", "cœur", "l’épaule gauche", "ÉVÉNEMENT INDÉSIRABLE", "Noël",
    "œdème cérébral à J7 ; patient très agité, « non évalué »",
)  # fmt: skip
SPANISH = (
    "año", "sí", "canción", "Muñoz", "¿Sufrió náuseas?",
    "España, señor Núñez; dolor de cabeza después de la intervención",
)  # fmt: skip
JAPANESE = (
    "男性", "はい", "いいえ", "山田太郎", "脳梗塞", "左中大脳動脈", "あり,なし", "カタカナ",
    "患者は入院時意識清明で、左片麻痺を認めた。",
)  # fmt: skip
TAIWANESE = ("男", "是", "王小明,男,缺血性腦中風", "病人入院時意識清楚，左側肢體無力。")
WRITTEN = {
    "gb18030": CHINESE, "cp1252": GERMAN + FRENCH + SPANISH, "shift_jis": JAPANESE,
    "big5": TAIWANESE,
}  # fmt: skip
CASES = [(text, encoding) for encoding, texts in WRITTEN.items() for text in texts]


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_the_likest_encoding_is_the_right_one(text: str, encoding: str) -> None:
    codec = "cp932" if encoding == "shift_jis" else encoding
    assert next(iter(rank_encodings(text.encode(codec)))) == encoding


@pytest.mark.parametrize("text", [text for text, _ in CASES] + ["plain", ""])
def test_what_is_utf_8_is_nothing_else(text: str) -> None:
    assert rank_encodings(text.encode()) == {"utf-8": 1.0}


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_the_mark_of_utf_16_decides(text: str) -> None:
    assert rank_encodings(text.encode("utf-16")) == {"utf-16": 1.0}


@pytest.mark.parametrize("encoding", ["cp1251", "cp1253"])
def test_where_no_encoding_fits_none_is_proposed(encoding: str) -> None:
    texts = {"cp1251": "больной поступил", "cp1253": "εγκεφαλικό επεισόδιο"}
    assert rank_encodings(texts[encoding].encode(encoding)) == {}


def test_chinese_that_is_cut_off_is_not_taken_for_european() -> None:
    """Half a character at the end is no GB18030, and every byte is Windows-1252."""
    assert "cp1252" not in rank_encodings("编号,性别\n1,男\n2,女".encode("gb18030")[:-1])


ROWS = "受试者编号,随机号,性别,诊断\n" + "".join(f"S{n},R{n},男,缺血性卒中\n" for n in range(1, 9))
GERMAN_ROWS = "Nr;Größe;Geschlecht\n" + "".join(f"{n};{170 + n};männlich\n" for n in range(1, 9))


def propose_for(folder: Path) -> Proposal:
    return propose(folder, parse_model(Mapping, PLAIN, "test"), load_layout())


@pytest.mark.parametrize(
    ("rows", "encoding", "shown"),
    [
        (ROWS, "gb18030", "(gb18030 1.00"), (GERMAN_ROWS, "cp1252", "(cp1252 1.00)"),
        (ROWS, "utf-16", "(utf-16 1.00)"),
    ],
)  # fmt: skip
def test_a_proposal_says_that_an_encoding_is_unsure(
    rows: str, encoding: str, shown: str, tmp_path: Path
) -> None:
    (tmp_path / "patients.csv").write_bytes(rows.encode(encoding))
    text = write_document(propose_for(tmp_path), ())
    assert f"# encoding unsure, told from the characters {shown}" in text
    (tmp_path / "edc.yaml").write_text(text, encoding="utf-8")
    assert load_mapping(tmp_path / "edc.yaml").sources["patients"].encoding == encoding


def test_of_utf_8_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "patients.csv").write_bytes(ROWS.encode())
    assert "unsure, told" not in write_document(propose_for(tmp_path), ())


def test_a_file_in_no_likely_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "patients.csv").write_bytes("имя,пол\nИван,мужской\n".encode("cp1251"))
    proposal = propose_for(tmp_path)
    assert proposal.sources == ()
    (finding,) = proposal.findings
    assert finding.startswith("patients.csv: line 1: byte 0xE8 is not utf-8 text.")


def test_an_encoding_that_the_mapping_names_is_tried_first(tmp_path: Path) -> None:
    (tmp_path / "patients.csv").write_bytes("имя;пол\nИван;мужской\n".encode("cp1251"))
    mapping = parse_model(Mapping, PLAIN | {"encoding": "cp1252"}, "test")
    (source,) = propose(tmp_path, mapping, load_layout()).sources
    assert source.source.options.encoding == "cp1252"
