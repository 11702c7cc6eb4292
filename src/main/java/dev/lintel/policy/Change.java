package dev.lintel.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * What it means to those who are judged that a part of the document changed.
 *
 * @param weaker what becomes weaker, each as one sentence without a full stop
 * @param restated which facts about the installation are stated otherwise, each as such a sentence
 * @param reworded what answers say otherwise without another verdict, each as such a sentence
 * @param isStricter whether anything may be denied that was not denied before
 */
record Change(
    List<String> weaker, List<String> restated, List<String> reworded, boolean isStricter) {

  /** Nothing that anybody would notice. */
  static final Change NONE = weaker(List.of());

  /** Returns a change by which something becomes weaker, or nothing. */
  static Change weaker(List<String> sentences) {
    return new Change(sentences, List.of(), List.of(), false);
  }

  /** Returns a change by which answers say something otherwise, and judge nothing otherwise. */
  static Change reworded(List<String> sentences) {
    return new Change(List.of(), List.of(), sentences, false);
  }

  /** Returns this change and another one. */
  Change and(Change other) {
    return new Change(
        Stream.concat(weaker.stream(), other.weaker.stream()).toList(),
        Stream.concat(restated.stream(), other.restated.stream()).toList(),
        Stream.concat(reworded.stream(), other.reworded.stream()).toList(),
        isStricter || other.isStricter);
  }

  /** Returns the same change, by which more may be denied as well. */
  Change stricterIf(boolean condition) {
    return new Change(weaker, restated, reworded, isStricter || condition);
  }
}
