package medspa.charts.pdf;

import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.DefaultObjectDrawerFactory;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import medspa.charts.document.Document;
import medspa.charts.figure.Figure;
import medspa.charts.figure.RightToLeft;
import medspa.charts.figure.Typeface;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Makes PDFs that conform to PDF/UA-1 and PDF/A-2a. The fonts are parsed once; a renderer is used
 * by one thread at a time.
 */
public final class PdfRenderer {
  private static final String PRODUCER = "Medspa Analytics";

  private final Map<Typeface, TrueTypeFont> fonts = new LinkedHashMap<>();
  private final byte[] colours;

  /** Parses the fonts. */
  public PdfRenderer() {
    XRLog.setLoggingEnabled(false);
    try {
      for (Typeface typeface : Typeface.ALL) {
        fonts.put(typeface, parsed(typeface));
      }
      try (InputStream in = PdfRenderer.class.getResourceAsStream("srgb.icc")) {
        if (in == null) {
          throw new IllegalStateException("There is no resource srgb.icc");
        }
        colours = in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The fonts or the colour profile cannot be read", e);
    }
  }

  private static TrueTypeFont parsed(Typeface typeface) {
    try {
      TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(typeface.bytes()));
      // Its ligatures would have no way back to characters: neither searchable nor accessible.
      font.setEnableGsub(false);
      return font;
    } catch (IOException e) {
      throw new UncheckedIOException("The font " + typeface.family() + " cannot be read", e);
    }
  }

  /** The bytes of the PDF; equal documents on equal paper give equal bytes. */
  public byte[] render(Document report, Paper paper) {
    Layout layout = new Layout(report, paper);
    // The figures are numbered while the pages are written.
    String pages = ShownText.pages(Templates.render(layout));
    try (PDDocument document = new PDDocument()) {
      PdfRendererBuilder builder = new PdfRendererBuilder();
      builder.usePDDocument(document);
      builder.withHtmlContent(pages, "");
      builder.withProducer(PRODUCER);
      builder.usePdfUaAccessibility(true);
      builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
      builder.useColorProfile(colours);
      builder.usePageSupplier(
          (pdf, width, height, number, shadow) -> PropertyLists.page(pdf, width, height));
      if (RightToLeft.isIn(pages)) {
        builder.useUnicodeBidiSplitter(Directions::new);
        builder.useUnicodeBidiReorderer(new Directions.Lines());
      }
      builder.useObjectDrawerFactory(drawers(layout.figures()));
      List<Typeface> used = new ArrayList<>(Typeface.ALL);
      Typeface.SCRIPTS.stream().filter(script -> script.isNeededFor(pages)).forEach(used::add);
      for (Typeface typeface : used) {
        TrueTypeFont font = fonts.computeIfAbsent(typeface, PdfRenderer::parsed);
        builder.useFont(
            new PDFontSupplier(PDType0Font.load(document, font, true)),
            typeface.family(),
            typeface.weight(),
            FontStyle.NORMAL,
            true);
      }
      builder.toStream(new ByteArrayOutputStream());
      try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
        renderer.createPDFWithoutClosing();
        describe(document, report, paper);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The report " + report.title() + " cannot be rendered", e);
    }
  }

  private static FSObjectDrawerFactory drawers(List<Figure> figures) {
    DefaultObjectDrawerFactory factory = new DefaultObjectDrawerFactory();
    factory.registerDrawer(FigureDrawer.TYPE, new FigureDrawer(figures));
    return factory;
  }

  private static void describe(PDDocument document, Document report, Paper paper)
      throws IOException {
    String title = Typeface.composed(report.title());
    String subject = Typeface.composed(report.subject());
    PDDocumentInformation information = new PDDocumentInformation();
    information.setTitle(title);
    information.setSubject(subject);
    information.setProducer(PRODUCER);
    information.getCOSObject().setString(COSName.CREATION_DATE, pdfDate(report.asOf()));
    information.getCOSObject().setString(COSName.MOD_DATE, pdfDate(report.asOf()));
    document.setDocumentInformation(information);
    document.setDocumentId(
        documentId(report.publication() + report.title() + report.subject() + paper.css()));
    PDMetadata metadata = new PDMetadata(document);
    metadata.importXMPMetadata(packet(report));
    document.getDocumentCatalog().setMetadata(metadata);
    document.getDocumentCatalog().setLanguage("en-US");
  }

  private static byte[] packet(Document report) {
    return Xmp.packet(
        Typeface.composed(report.title()),
        Typeface.composed(report.subject()),
        PRODUCER,
        report.asOf(),
        report.publication());
  }

  /**
   * Whether a file is this report of this publication and no other: by what it says of itself, on
   * whichever paper.
   */
  public static boolean isOf(byte[] pdf, Document report) {
    // The parser would repair a file that was cut off.
    String end =
        new String(
            pdf, Math.max(0, pdf.length - 8), Math.min(8, pdf.length), StandardCharsets.US_ASCII);
    if (!end.strip().endsWith("%%EOF")) {
      return false;
    }
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDMetadata metadata = document.getDocumentCatalog().getMetadata();
      return metadata != null && Arrays.equals(metadata.toByteArray(), packet(report));
    } catch (IOException e) {
      return false;
    }
  }

  private static String pdfDate(LocalDate date) {
    return "D:"
        + DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).format(date)
        + "000000+00'00'";
  }

  /** FNV-1a: the id only has to differ between documents, and to stay the same for each. */
  private static long documentId(String identity) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : identity.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
