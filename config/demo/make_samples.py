#!/usr/bin/env python3
"""Makes the demo's sample files again: python3 make_samples.py. Every person in them is invented; no real data went in."""

import json
import math
import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).parent / "samples"


def text(name, content):
    (HERE / name).write_text(content, encoding="utf-8")


def notes():
    text("admission-note.txt", """\
Admission note, cardiology, 2 March 2026
Patient: Pat Patient, born 1968-05-14

Complaint: exertional chest tightness for three weeks, relieved by rest within minutes. No syncope.
History: arterial hypertension since 2015 (ramipril 5 mg). Ex-smoker, 12 pack years. Father: infarction at 61.
Examination: BP 148/86, pulse 78 regular, SpO2 97 %, lungs clear, no oedema.
ECG: sinus rhythm 76/min, no ST deviation.
Assessment: stable angina, CCS II. Intermediate pre-test probability.
Plan: lipids, troponin series, stress echocardiography; start aspirin 100 mg and atorvastatin 40 mg.
""")
    text("progress-note.txt", """\
Progress note, pneumology, 11 March 2026
Patient: Mirela Costa, born 1979-11-02

Day 3 of amoxicillin. Afebrile since yesterday, cough less, CRP falling from 142 to 58 mg/l.
Crackles right base, less than on admission. SpO2 96 % on room air. Discharge tomorrow if stable.
""")


def labs():
    text("labs.csv", """\
date,test,loinc,value,unit,low,high,flag
2026-03-02,Haemoglobin,718-7,14.1,g/dL,12.0,16.0,
2026-03-02,Leukocytes,6690-2,7.2,10*3/uL,4.0,10.0,
2026-03-02,Creatinine,2160-0,0.94,mg/dL,0.5,1.1,
2026-03-02,LDL cholesterol,13457-7,164,mg/dL,0,116,H
2026-03-02,Troponin T hs,67151-1,9,ng/L,0,14,
2026-03-02,Troponin T hs (3 h),67151-1,10,ng/L,0,14,
""")
    text("labs-oncology.csv", """\
date,test,loinc,value,unit,low,high,flag
2026-03-20,Haemoglobin,718-7,10.8,g/dL,13.5,17.5,L
2026-03-20,Platelets,777-3,121,10*3/uL,150,400,L
2026-03-20,CEA,2039-6,7.4,ng/mL,0,3.4,H
""")


def bundle():
    patient = "urn:uuid:5a3f1d1c-64b0-4d36-9f0a-2f8a3a0f9a11"
    entries = [
        {"fullUrl": patient, "resource": {
            "resourceType": "Patient", "name": [{"family": "Patient", "given": ["Pat"]}],
            "gender": "other", "birthDate": "1968-05-14"}},
        {"fullUrl": "urn:uuid:0f2f3c52-3b5e-4b62-8a04-6b3f8f3f0b02", "resource": {
            "resourceType": "Condition",
            "clinicalStatus": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "I20.8",
                                 "display": "Other forms of angina pectoris"}]},
            "subject": {"reference": patient}}},
        {"fullUrl": "urn:uuid:7d1a6f0e-21d4-4f0d-93f9-0a4f2a7e5c03", "resource": {
            "resourceType": "Observation", "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "8480-6",
                                 "display": "Systolic blood pressure"}]},
            "subject": {"reference": patient}, "effectiveDateTime": "2026-03-02T09:30:00Z",
            "valueQuantity": {"value": 148, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}}},
    ]
    text("summary.fhir.json", json.dumps(
        {"resourceType": "Bundle", "type": "collection", "timestamp": "2026-03-02T10:00:00Z", "entry": entries}, indent=1)
        + "\n")


def letter():
    lines = ["Discharge letter", "", "Pat Patient, born 1968-05-14", "Cardiology, 6 March 2026", "",
             "Diagnosis: stable angina pectoris (CCS II), arterial hypertension, hypercholesterolaemia.",
             "Stress echocardiography without inducible ischaemia up to 125 W.",
             "Medication: aspirin 100 mg, atorvastatin 40 mg, ramipril 5 mg, nitroglycerin spray as needed.",
             "Control of lipids and blood pressure in six weeks.", "", "Dora Doctor, cardiology"]
    drawn = "BT /F1 12 Tf 60 780 Td 18 TL\n" + "".join(f"({line}) Tj T*\n" for line in lines) + "ET\n"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    (HERE / "discharge-letter.pdf").write_bytes(out)


def chest(size):
    """A drawn cross-section: body, two lungs, spine, heart; stored values, 1024 above the Hounsfield unit."""
    pixels = []
    for row in range(size):
        for column in range(size):
            x, y = (column - size / 2) / (size / 2), (row - size / 2) / (size / 2)
            value = 0
            if (x / 0.92) ** 2 + (y / 0.68) ** 2 < 1:
                value = 1064 + int(18 * math.sin(31 * x) * math.cos(27 * y))
                for side in (-1, 1):
                    if ((x - side * 0.45) / 0.30) ** 2 + ((y + 0.02) / 0.48) ** 2 < 1:
                        value = 230 + int(60 * math.sin(57 * x + 13 * y) ** 2)
                if ((x - 0.12) / 0.27) ** 2 + ((y + 0.12) / 0.24) ** 2 < 1:
                    value = 1100
                if (x / 0.11) ** 2 + ((y - 0.48) / 0.11) ** 2 < 1:
                    value = 1750
            pixels.append(value)
    return pixels


def dicom():
    size = 128
    uid = "1.2.826.0.1.3680043.10.1369."  # a root for generated instances

    def element(group, number, kind, value):
        data = value if isinstance(value, bytes) else value.encode("ascii")
        if len(data) % 2:
            data += b"\0" if kind in ("UI", "OB") else b" "
        head = struct.pack("<HH2s", group, number, kind.encode())
        return head + (struct.pack("<HI", 0, len(data)) if kind in ("OB", "OW") else struct.pack("<H", len(data))) + data

    def short(value):
        return struct.pack("<H", value)

    meta = b"".join([
        element(2, 0x01, "OB", b"\0\1"),
        element(2, 0x02, "UI", "1.2.840.10008.5.1.4.1.1.2"),
        element(2, 0x03, "UI", uid + "1.3"),
        element(2, 0x10, "UI", "1.2.840.10008.1.2.1"),
        element(2, 0x12, "UI", uid + "9"),
    ])
    data = b"".join([
        element(8, 0x08, "CS", "ORIGINAL\\PRIMARY\\AXIAL"),
        element(8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.2"),
        element(8, 0x18, "UI", uid + "1.3"),
        element(8, 0x20, "DA", "20260303"),
        element(8, 0x23, "DA", "20260303"),
        element(8, 0x30, "TM", "101500"),
        element(8, 0x33, "TM", "101530"),
        element(8, 0x50, "SH", "A1"),
        element(8, 0x60, "CS", "CT"),
        element(8, 0x70, "LO", "Drawn, not measured"),
        element(8, 0x90, "PN", ""),
        element(8, 0x1030, "LO", "Chest"),
        element(0x10, 0x10, "PN", "Patient^Pat"),
        element(0x10, 0x20, "LO", "DEMO-0001"),
        element(0x10, 0x30, "DA", "19680514"),
        element(0x10, 0x40, "CS", "O"),
        element(0x18, 0x50, "DS", "5"),
        element(0x18, 0x60, "DS", "120"),
        element(0x20, 0x0D, "UI", uid + "1.1"),
        element(0x20, 0x0E, "UI", uid + "1.2"),
        element(0x20, 0x10, "SH", "1"),
        element(0x20, 0x11, "IS", "1"),
        element(0x20, 0x13, "IS", "1"),
        element(0x20, 0x32, "DS", "0\\0\\0"),
        element(0x20, 0x37, "DS", "1\\0\\0\\0\\1\\0"),
        element(0x20, 0x52, "UI", uid + "1.4"),
        element(0x28, 0x02, "US", short(1)),
        element(0x28, 0x04, "CS", "MONOCHROME2"),
        element(0x28, 0x10, "US", short(size)),
        element(0x28, 0x11, "US", short(size)),
        element(0x28, 0x30, "DS", "2.5\\2.5"),
        element(0x28, 0x100, "US", short(16)),
        element(0x28, 0x101, "US", short(12)),
        element(0x28, 0x102, "US", short(11)),
        element(0x28, 0x103, "US", short(0)),
        element(0x28, 0x1050, "DS", "-300"),
        element(0x28, 0x1051, "DS", "1600"),
        element(0x28, 0x1052, "DS", "-1024"),
        element(0x28, 0x1053, "DS", "1"),
        element(0x7FE0, 0x10, "OW", struct.pack(f"<{size * size}H", *chest(size))),
    ])
    length = struct.pack("<HH2sHI", 2, 0, b"UL", 4, len(meta))
    (HERE / "chest-ct.dcm").write_bytes(b"\0" * 128 + b"DICM" + length + meta + data)


def png():
    width, height = 480, 160
    rows = []
    for _ in range(height):
        rows.append([255] * width)
    for y in range(0, height, 20):
        rows[y] = [225] * width
    for x in range(0, width, 20):
        for y in range(height):
            rows[y][x] = 225
    last = None
    for x in range(width):
        phase = (x % 96) / 96

        def bump(at, breadth, depth):
            return depth * math.exp(-(((phase - at) / breadth) ** 2))

        # P wave, QRS complex, T wave
        level = bump(.18, .03, 9) - bump(.29, .01, 8) + bump(.32, .012, 62) - bump(.35, .012, 14) + bump(.58, .05, 15)
        y = int(110 - level)
        for between in range(min(y, last or y), max(y, last or y) + 1):
            rows[between][x] = 20
        last = y
    raw = b"".join(b"\0" + bytes(row) for row in rows)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    (HERE / "ecg-strip.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    notes()
    labs()
    bundle()
    letter()
    dicom()
    png()
