package org.sosia.decoy;

/** One double in the making: its spec, its person, and its keys. */
final class Job {

    private final Keystream.Key root;
    private final DecoySpec spec;
    private final Persona persona;
    /** Repeats over the versions of a record: they share their story. */
    private final Keystream.Key record;
    /** Differs per version. */
    private final Keystream.Key edition;
    /** Differs per hospital only: makers of devices, habits of software. */
    private final Keystream.Key site;

    Job(Keystream.Key root, DecoySpec spec, Persona persona) {
        this.root = root;
        this.spec = spec;
        this.persona = persona;
        this.record = root.derive("record", spec.record(), spec.patient(), spec.mediaType(), spec.kind());
        this.edition = record.derive("version", spec.version());
        this.site = root.derive("site");
    }

    DecoySpec spec() {
        return spec;
    }

    Persona persona() {
        return persona;
    }

    Language language() {
        return persona.language();
    }

    Keystream.Key record() {
        return record;
    }

    Keystream.Key edition() {
        return edition;
    }

    Keystream.Key site() {
        return site;
    }

    /** A length inside the bucket, in bytes. */
    long target() {
        var bucket = SizeBucket.of(spec.sizeBucketBytes());
        return bucket.smallest()
                + edition.stream("size", spec.sizeBucketBytes()).below(bucket.width());
    }

    /** A file inside this one, about the same person. */
    Job part(int number, RecordKind kind, String mediaType, long bytes) {
        var inner = new DecoySpec(
                record.uuid("part", number),
                spec.version(),
                spec.patient(),
                kind,
                mediaType,
                "",
                bytes,
                spec.day(),
                spec.locale());
        return new Job(root, inner, persona);
    }

    Plan plan() {
        return switch (Format.of(spec.mediaType())) {
            case TEXT -> NoteText.plan(this);
            case CSV -> CsvTable.plan(this);
            case HTML -> MarkupPage.html(this);
            case CDA -> MarkupPage.cda(this);
            case RICH_TEXT -> MarkupPage.richText(this);
            case FHIR_JSON -> FhirBundle.plan(this, false);
            case FHIR_XML -> FhirBundle.plan(this, true);
            case HL7 -> Hl7Message.plan(this);
            case PNG -> Pictures.png(this);
            case JPEG -> Pictures.jpeg(this);
            case TIFF -> Raster.tiff(this);
            case BMP -> Raster.bmp(this);
            case GIF -> Raster.gif(this);
            case WAVE -> HeartSound.wave(this);
            case DICOM -> Dicom.plan(this);
            case PDF -> PdfReport.plan(this);
            case ZIP -> Archive.zip(this);
            case WORD -> Archive.word(this);
            case SHEET -> Archive.sheet(this);
            case OCTETS -> Container.plan(this);
        };
    }
}
