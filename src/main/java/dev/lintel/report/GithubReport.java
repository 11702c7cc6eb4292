package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.manifest.Region;
import dev.lintel.report.CheckReport.Entry;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes a workflow command of GitHub Actions for each denial and warning, which GitHub shows
 * beside the line, and for what cannot be read. What only goes to the audit log is left out.
 */
public record GithubReport() implements Report {

  @Override
  public void write(CheckReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    report.unreadable().forEach(file -> out.println(command(file)));
    for (Entry entry : report.entries()) {
      entry.verdict().findings().forEach(judged -> writeFinding(entry, judged, out));
    }
    out.flush();
  }

  private static void writeFinding(Entry entry, Judged judged, PrintWriter out) {
    switch (judged.action()) {
      case DENY -> out.println(command("error", entry, judged));
      case WARN -> out.println(command("warning", entry, judged));
      case AUDIT, OFF -> {}
    }
  }

  private static String command(String name, Entry entry, Judged judged) {
    Region region = entry.placeOf(judged);
    String title = "%s: %s".formatted(judged.rule().code(), entry.verdict().object().spoken());
    String text = "%s\nSee %s".formatted(entry.line(judged), judged.reference());
    if (!entry.manifest().isInFile()) {
      return "::%s title=%s::%s".formatted(name, property(title), data(text));
    }
    return "::%s file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,title=%s::%s"
        .formatted(
            name,
            property(SourcePath.relative(entry.manifest().source())),
            region.line(),
            region.endLine(),
            region.column(),
            region.endColumn(),
            property(title),
            data(text));
  }

  private static String command(Unreadable file) {
    String place =
        file.place().map(at -> ",line=%d,col=%d".formatted(at.line(), at.column())).orElse("");
    return "::error file=%s%s,title=%s::%s"
        .formatted(
            property(SourcePath.relative(file.file())),
            place,
            property("cannot be read"),
            data(file.said()));
  }

  /**
   * Returns the workflow command that shows a text beside a line.
   *
   * @param name {@code error} or {@code warning}
   * @param line from 1
   */
  public static String command(String name, String file, int line, String title, String text) {
    return "::%s file=%s,line=%d,title=%s::%s"
        .formatted(name, property(SourcePath.relative(file)), line, property(title), data(text));
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
