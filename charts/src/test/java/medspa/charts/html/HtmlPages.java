package medspa.charts.html;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pages that were rendered, as trees; they are well-formed XML, too. */
public final class HtmlPages {
  private HtmlPages() {}

  /** The root of a page. */
  public static Element parsed(String html) throws Exception {
    String xml = html.replaceFirst("(?i)<!doctype html>", "");
    Document tree =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml.strip())));
    return tree.getDocumentElement();
  }

  /** The elements of a name, in the order of the page. */
  public static List<Element> elements(Element root, String name) {
    NodeList nodes = root.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
