package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.resource.Region;
import dev.lintel.rule.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes JUnit's XML: a suite for each file, a case for each object. A case fails if any finding
 * reaches the threshold; what is milder stands in its output.
 *
 * @param limit the threshold
 */
public record JunitReport(Action limit) implements Report {

  @Override
  public void write(CheckReport report, Writer to) {
    try {
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to);
      out.writeStartDocument("UTF-8", "1.0");
      lineBreak(out);
      out.writeStartElement("testsuites");
      out.writeAttribute("name", "lintel check");
      writeCounts(out, report.entries());
      for (Map.Entry<String, List<Entry>> file : byFile(report).entrySet()) {
        writeSuite(out, file.getKey(), file.getValue());
      }
      lineBreak(out);
      out.writeEndElement();
      lineBreak(out);
      out.flush();
      to.flush();
    } catch (XMLStreamException | IOException e) {
      throw new UncheckedIOException("the report cannot be written", new IOException(e));
    }
  }

  private static Map<String, List<Entry>> byFile(CheckReport report) {
    Map<String, List<Entry>> files = new LinkedHashMap<>();
    for (Entry entry : report.entries()) {
      String file = SourcePath.relative(entry.manifest().source());
      files.computeIfAbsent(file, key -> new ArrayList<>()).add(entry);
    }
    return files;
  }

  private void writeSuite(XMLStreamWriter out, String file, List<Entry> entries)
      throws XMLStreamException {
    lineBreak(out);
    out.writeStartElement("testsuite");
    out.writeAttribute("name", xml(file));
    writeCounts(out, entries);
    for (Entry entry : entries) {
      writeCase(out, file, entry);
    }
    lineBreak(out);
    out.writeEndElement();
  }

  private void writeCounts(XMLStreamWriter out, List<Entry> entries) throws XMLStreamException {
    long failures = entries.stream().filter(entry -> !failing(entry).isEmpty()).count();
    out.writeAttribute("tests", String.valueOf(entries.size()));
    out.writeAttribute("failures", String.valueOf(failures));
    out.writeAttribute("errors", "0");
    out.writeAttribute("skipped", "0");
  }

  private void writeCase(XMLStreamWriter out, String file, Entry entry) throws XMLStreamException {
    lineBreak(out);
    out.writeStartElement("testcase");
    out.writeAttribute("classname", xml(file));
    out.writeAttribute("name", xml(entry.verdict().object().spoken()));
    out.writeAttribute("file", xml(file));
    out.writeAttribute("line", String.valueOf(entry.manifest().place().line()));
    out.writeAttribute("time", "0");
    List<Judged> failing = failing(entry);
    if (!failing.isEmpty()) {
      out.writeStartElement("failure");
      out.writeAttribute("type", codes(failing));
      out.writeAttribute("message", xml(entry.line(failing.getFirst())));
      out.writeCharacters(text(entry, failing));
      out.writeEndElement();
    }
    List<Judged> others = new ArrayList<>(entry.verdict().findings());
    others.removeAll(failing);
    if (!others.isEmpty()) {
      out.writeStartElement("system-out");
      out.writeCharacters(text(entry, others));
      out.writeEndElement();
    }
    out.writeEndElement();
  }

  private List<Judged> failing(Entry entry) {
    return entry.verdict().findings().stream()
        .filter(judged -> judged.action().compareTo(limit) >= 0)
        .toList();
  }

  private static String codes(List<Judged> findings) {
    return findings.stream()
        .map(judged -> judged.rule().code())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static String text(Entry entry, List<Judged> findings) {
    return findings.stream().map(judged -> text(entry, judged)).collect(Collectors.joining("\n"));
  }

  private static String text(Entry entry, Judged judged) {
    Region region = entry.placeOf(judged);
    return "%s:%d:%d: %s: %s\nsee %s"
        .formatted(
            xml(entry.manifest().source()),
            region.line(),
            region.column(),
            judged.action().word(),
            xml(entry.line(judged)),
            judged.rule().page());
  }

  /** What XML 1.0 cannot express becomes a blank. */
  private static String xml(String text) {
    return Lines.oneLine(text).replaceAll("[\uFFFE\uFFFF]|\\p{Cs}", " ");
  }

  private static void lineBreak(XMLStreamWriter out) throws XMLStreamException {
    out.writeCharacters("\n");
  }
}
