package medspa.charts.pdf;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * A page's property lists of marked content, of which every background and every text of a tagged
 * page has one: some hundreds. They stand in the dictionary itself instead of being an object each,
 * and whether one is there already is known without a look at all others; a sixth of what a letter
 * costs.
 */
final class PropertyLists extends COSDictionary {
  private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());

  private PropertyLists() {}

  /** Appends a page of that size, in points, to the document. */
  static PDPage page(PDDocument document, float width, float height) {
    PDResources resources = new PDResources();
    resources.getCOSObject().setItem(COSName.PROPERTIES, new PropertyLists());
    PDPage page = new PDPage(new PDRectangle(width, height));
    page.setResources(resources);
    document.addPage(page);
    return page;
  }

  @Override
  public void setItem(COSName key, COSBase value) {
    value.setDirect(true);
    known.add(value);
    super.setItem(key, value);
  }

  @Override
  public boolean containsValue(Object value) {
    return known.contains(value);
  }
}
