package dev.lintel.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes JUnit's XML, which every pipeline knows how to show. */
public final class JunitXml {

  private JunitXml() {}

  /**
   * Cases that belong together.
   *
   * @param name what they have in common
   */
  public record Suite(String name, List<Case> cases) {

    /** Copies the list, so that the record is immutable. */
    public Suite {
      cases = List.copyOf(cases);
    }
  }

  /**
   * Something that was tried.
   *
   * @param line where it stands in the file, from 1
   * @param problem empty if it went well
   * @param output what is worth saying all the same; may be empty
   */
  public record Case(
      String group, String name, String file, int line, Optional<Problem> problem, String output) {}

  /**
   * What went wrong.
   *
   * @param isError whether it could not even be tried
   * @param type in a word
   * @param message in a line
   * @param text in full
   */
  public record Problem(boolean isError, String type, String message, String text) {}

  /**
   * Writes a document, and leaves the writer open.
   *
   * @param name what was run
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(String name, List<Suite> suites, Writer to) {
    try {
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to);
      out.writeStartDocument("UTF-8", "1.0");
      lineBreak(out);
      out.writeStartElement("testsuites");
      out.writeAttribute("name", name);
      writeCounts(out, suites.stream().flatMap(suite -> suite.cases().stream()).toList());
      for (Suite suite : suites) {
        writeSuite(out, suite);
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

  private static void writeSuite(XMLStreamWriter out, Suite suite) throws XMLStreamException {
    lineBreak(out);
    out.writeStartElement("testsuite");
    out.writeAttribute("name", xml(suite.name()));
    writeCounts(out, suite.cases());
    for (Case tried : suite.cases()) {
      writeCase(out, tried);
    }
    lineBreak(out);
    out.writeEndElement();
  }

  private static void writeCounts(XMLStreamWriter out, List<Case> cases) throws XMLStreamException {
    List<Problem> problems = cases.stream().flatMap(tried -> tried.problem().stream()).toList();
    long errors = problems.stream().filter(Problem::isError).count();
    out.writeAttribute("tests", String.valueOf(cases.size()));
    out.writeAttribute("failures", String.valueOf(problems.size() - errors));
    out.writeAttribute("errors", String.valueOf(errors));
    out.writeAttribute("skipped", "0");
  }

  private static void writeCase(XMLStreamWriter out, Case tried) throws XMLStreamException {
    lineBreak(out);
    out.writeStartElement("testcase");
    out.writeAttribute("classname", xml(tried.group()));
    out.writeAttribute("name", xml(tried.name()));
    out.writeAttribute("file", xml(tried.file()));
    out.writeAttribute("line", String.valueOf(tried.line()));
    out.writeAttribute("time", "0");
    if (tried.problem().isPresent()) {
      Problem problem = tried.problem().get();
      out.writeStartElement(problem.isError() ? "error" : "failure");
      out.writeAttribute("type", problem.type());
      out.writeAttribute("message", xml(problem.message()));
      writeText(out, problem.text());
      out.writeEndElement();
    }
    if (!tried.output().isEmpty()) {
      out.writeStartElement("system-out");
      writeText(out, tried.output());
      out.writeEndElement();
    }
    out.writeEndElement();
  }

  private static void writeText(XMLStreamWriter out, String text) throws XMLStreamException {
    out.writeCharacters(String.join("\n", text.lines().map(JunitXml::xml).toList()));
  }

  /** What XML 1.0 cannot express becomes a blank. */
  private static String xml(String text) {
    return Lines.oneLine(text).replaceAll("[\uFFFE\uFFFF]|\\p{Cs}", " ");
  }

  private static void lineBreak(XMLStreamWriter out) throws XMLStreamException {
    out.writeCharacters("\n");
  }
}
