package dev.lintel.policy;

import static dev.lintel.policy.Form.listOf;
import static dev.lintel.policy.Form.text;
import static dev.lintel.policy.Form.words;

import dev.lintel.rule.Action;
import java.util.List;
import java.util.Optional;

/**
 * What a repository says of how it is checked, in a file {@value #NAME}: options of the command
 * line that need not be repeated.
 *
 * @param policy the policy document, as a path from the file's folder
 * @param clusterState the folder of objects that exist, as such a path
 * @param exclude which files are not read
 * @param failOn from which action on a check fails
 * @param suppress which findings are accepted: {@code CODE} or {@code CODE:glob}
 */
public record ProjectFile(
    Optional<String> policy,
    Optional<String> clusterState,
    List<String> exclude,
    Optional<Action> failOn,
    List<String> suppress) {

  /** What the file is called. */
  public static final String NAME = ".lintel.yaml";

  private static final ProjectFile NOTHING =
      new ProjectFile(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of());

  /** Copies the lists, so that the record is immutable. */
  public ProjectFile {
    exclude = List.copyOf(exclude);
    suppress = List.copyOf(suppress);
  }

  /**
   * What a text turned out to be.
   *
   * @param file the file; empty if there is any problem
   * @param problems what is wrong, each with its place: {@code source:line:column: path: problem}
   */
  public record Reading(Optional<ProjectFile> file, List<String> problems) {

    /** Copies the list, so that the record is immutable. */
    public Reading {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a file as strictly as a policy is read.
   *
   * @param source what it is called in messages
   * @param text the document, YAML 1.2
   */
  public static Reading read(String source, String text) {
    Problems problems = new Problems(source);
    Optional<ProjectFile> file = DocumentText.read(source, text, problems).flatMap(form()::read);
    return new Reading(file.filter(read -> problems.count() == 0), problems.found());
  }

  private static Form<ProjectFile> form() {
    Form<String> line =
        text("[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f]", 1024, "one line of up to 1024 characters");
    Section<ProjectFile> keys = Section.outermost();
    var policy = keys.part("policy", line.optional(), ProjectFile::policy, "The policy document.");
    var clusterState =
        keys.part(
            "clusterState",
            line.optional(),
            ProjectFile::clusterState,
            "The folder of objects that exist.");
    var exclude =
        keys.part("exclude", listOf(line, 0), ProjectFile::exclude, "Which files are not read.");
    var failOn =
        keys.part(
            "failOn",
            words(List.of(Action.DENY, Action.WARN), Action::word).optional(),
            ProjectFile::failOn,
            "From which action on a check fails.");
    var suppress =
        keys.part(
            "suppress",
            listOf(line, 0),
            ProjectFile::suppress,
            "Which findings are accepted: CODE or CODE:glob.");
    return keys.form(
        NOTHING,
        in ->
            new ProjectFile(
                in.of(policy),
                in.of(clusterState),
                in.of(exclude),
                in.of(failOn),
                in.of(suppress)));
  }
}
