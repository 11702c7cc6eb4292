package dev.lintel.manifest;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Ends the reading of a document that is nested too deeply, before anything that calls itself for
 * each level meets it.
 */
final class BoundedParser implements Parser {

  /** More levels than any honest manifest has, and few enough for any thread's stack. */
  static final int MAX_DEPTH = 500;

  private final Parser parser;
  private int depth;

  BoundedParser(Parser parser) {
    this.parser = parser;
  }

  /** Returns how many mappings and sequences are open. */
  int depth() {
    return depth;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  /**
   * Returns the next event.
   *
   * @throws ParserException also if the document is nested too deeply
   */
  @Override
  public Event next() {
    Event event = parser.next();
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> depth++;
      case MappingEnd, SequenceEnd -> depth--;
      default -> {}
    }
    if (depth > MAX_DEPTH) {
      throw new ParserException(
          "the document is nested more than %d levels deep".formatted(MAX_DEPTH),
          event.getStartMark());
    }
    return event;
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }
}
