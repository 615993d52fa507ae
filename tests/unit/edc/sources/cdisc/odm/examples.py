"""Small ODM files as systems write them: plain, OpenClinica-like and Viedoc-like."""

from analysis.edc.sources.files.source_file import SourceFile

VERSION = """
    <MetaDataVersion OID="v1" Name="Version 1">
      <FormDef OID="F.VS" Name="Vital signs" Repeating="No">
        <ItemGroupRef ItemGroupOID="IG.VS" Mandatory="Yes"/>
      </FormDef>
      <ItemGroupDef OID="IG.VS" Name="Vital signs" Repeating="No">
        <ItemRef ItemOID="I.SYSBP" Mandatory="Yes" OrderNumber="1"/>
        <ItemRef ItemOID="I.POS" Mandatory="No" OrderNumber="2"/>
        <ItemRef ItemOID="I.VSDTC" Mandatory="No" OrderNumber="3"/>
      </ItemGroupDef>
      <ItemGroupDef OID="IG.AE" Name="Adverse events" Repeating="Yes">
        <ItemRef ItemOID="I.AETERM" Mandatory="Yes"/>
        <ItemRef ItemOID="I.AESEV" Mandatory="Yes"/>
      </ItemGroupDef>
      <ItemGroupDef OID="IG.EMPTY" Name="Never filled in" Repeating="No">
        <ItemRef ItemOID="I.AETERM" Mandatory="Yes"/>
      </ItemGroupDef>
      <ItemDef OID="I.SYSBP" Name="SYSBP" DataType="integer" Length="3">
        <Question><TranslatedText xml:lang="en">Systolic blood
          pressure</TranslatedText><TranslatedText xml:lang="zh">收缩压</TranslatedText></Question>
        <MeasurementUnitRef MeasurementUnitOID="MU.MMHG"/>
      </ItemDef>
      <ItemDef OID="I.POS" Name="POS" DataType="integer" Length="1">
        <Description><TranslatedText>Position</TranslatedText></Description>
        <CodeListRef CodeListOID="CL.POS"/>
      </ItemDef>
      <ItemDef OID="I.VSDTC" Name="VSDTC" DataType="date"/>
      <ItemDef OID="I.AETERM" Name="AETERM" DataType="text" Length="200"/>
      <ItemDef OID="I.AESEV" Name="AESEV" DataType="text" Length="8">
        <CodeListRef CodeListOID="CL.SEV"/>
      </ItemDef>
      <CodeList OID="CL.POS" Name="Position" DataType="integer">
        <CodeListItem CodedValue="1"><Decode><TranslatedText xml:lang="en">Sitting</TranslatedText>
          <TranslatedText xml:lang="zh">坐位</TranslatedText></Decode></CodeListItem>
        <CodeListItem CodedValue="2"><Decode><TranslatedText>Supine</TranslatedText></Decode>
        </CodeListItem>
      </CodeList>
      <CodeList OID="CL.SEV" Name="Severity" DataType="text">
        <EnumeratedItem CodedValue="MILD"/><EnumeratedItem CodedValue="SEVERE"/>
      </CodeList>
    </MetaDataVersion>"""
STUDY = f"""
  <Study OID="ST.1">
    <GlobalVariables><StudyName>T</StudyName><StudyDescription>T</StudyDescription>
      <ProtocolName>T</ProtocolName></GlobalVariables>
    <BasicDefinitions><MeasurementUnit OID="MU.MMHG" Name="millimetres of mercury">
      <Symbol><TranslatedText>mmHg</TranslatedText></Symbol></MeasurementUnit>
      <MeasurementUnit OID="MU.KPA" Name="kPa"/></BasicDefinitions>{VERSION}
  </Study>"""
VITAL_SIGNS = """<ItemGroupData ItemGroupOID="IG.VS">
          <ItemData ItemOID="I.SYSBP" Value="152"/>
          <ItemData ItemOID="I.POS" Value="2"/>
          <ItemData ItemOID="I.VSDTC" IsNull="Yes"/>
        </ItemGroupData>"""
EVENTS = """<ItemGroupData ItemGroupOID="IG.AE" ItemGroupRepeatKey="1">
          <ItemData ItemOID="I.AETERM" Value="cough &amp; fever"/>
          <ItemData ItemOID="I.AESEV" Value="MILD"/>
        </ItemGroupData>
        <ItemGroupData ItemGroupOID="IG.AE" ItemGroupRepeatKey="2">
          <ItemData ItemOID="I.AETERM" Value="肺炎"/>
        </ItemGroupData>"""
VENDOR = 'xmlns:OpenClinica="http://www.openclinica.org/ns/odm_ext_v130/v3.1"'
OPENCLINICA = f"""
  <ClinicalData StudyOID="ST.1" MetaDataVersionOID="v1">
    <SubjectData SubjectKey="SS_0001" OpenClinica:StudySubjectID="M-001"
        OpenClinica:Status="available">
      <StudyEventData StudyEventOID="SE_V1" StudyEventRepeatKey="1"
          OpenClinica:StartDate="2026-05-01" OpenClinica:Status="completed">
        <FormData FormOID="F.VS" OpenClinica:Version="v1.0" OpenClinica:Status="initial data entry">
        {VITAL_SIGNS}
        </FormData>
        <FormData FormOID="F.AE">{EVENTS}</FormData>
      </StudyEventData>
    </SubjectData>
  </ClinicalData>"""


def wrap(body: str, attributes: str = 'FileType="Snapshot" ODMVersion="1.3.2"') -> str:
    """An ODM file with a body."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" {VENDOR} {attributes} FileOID="F.1" '
        f'CreationDateTime="2026-06-01T10:00:00">{body}\n</ODM>\n'
    )


def subject(key: str, groups: str = VITAL_SIGNS, form: str = "F.VS") -> str:
    """A subject with one form at one event."""
    return f"""
    <SubjectData SubjectKey="{key}"><SiteRef LocationOID="L.01"/>
      <StudyEventData StudyEventOID="SE.BL">
        <FormData FormOID="{form}">{groups}</FormData>
      </StudyEventData>
    </SubjectData>"""


def clinical(*subjects: str, version: str = "v1", study: str = "ST.1") -> str:
    """Clinical data by a version of the metadata."""
    body = "".join(subjects)
    return f"""
  <ClinicalData StudyOID="{study}" MetaDataVersionOID="{version}">{body}</ClinicalData>"""


def odm(content: str | bytes, name: str = "export.xml") -> SourceFile:
    """A file in memory."""
    return SourceFile(name, content=content if isinstance(content, bytes) else content.encode())
