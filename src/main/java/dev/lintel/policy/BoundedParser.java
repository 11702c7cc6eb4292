package dev.lintel.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Passes a parser's events on and stops at a document that is too deep or has too many parts. What
 * reads the events goes down into the document by calling itself, so the depth must be bounded
 * before it does.
 */
final class BoundedParser implements Parser {

  /** Deeper than any policy, of which the deepest key stands five deep. */
  static final int MAX_DEPTH = 32;

  /** Room for every rule and a thousand exemptions; an alias counts for all it stands for. */
  static final int MAX_NODES = 20_000;

  private final Parser parser;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<Anchor, Integer> sizes = new HashMap<>();
  private int nodes;

  BoundedParser(Parser parser) {
    this.parser = parser;
  }

  /** A document is too deep, has too many parts, or one that is part of itself. */
  static final class ExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Mark> mark;
    private final String path;

    private ExceededException(String problem, Optional<Mark> mark, String path) {
      super(problem, null, false, false);
      this.mark = mark;
      this.path = path;
    }

    /** Returns where. */
    Optional<Mark> mark() {
      return mark;
    }

    /** Returns the dotted path of the part; empty for the document itself. */
    String path() {
      return path;
    }

    /** Returns what is wrong, as the end of a sentence. */
    String problem() {
      return String.valueOf(getMessage());
    }
  }

  @Override
  public boolean checkEvent(Event.ID id) {
    return parser.checkEvent(id);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    switch (event.getEventId()) {
      case Scalar -> {
        count(event, 1);
        enclosing().ifPresent(within -> within.value(((ScalarEvent) event).getValue()));
        anchor(event).ifPresent(anchor -> sizes.put(anchor, 1));
      }
      case Alias -> {
        count(event, sizeOf((AliasEvent) event));
        enclosing().ifPresent(within -> within.value("*"));
      }
      case SequenceStart, MappingStart -> {
        count(event, 1);
        enclosing().ifPresent(within -> within.value("?"));
        open.push(new Open((CollectionStartEvent) event, nodes - 1));
        if (open.size() > MAX_DEPTH) {
          throw exceeded("is nested more than %d deep".formatted(MAX_DEPTH), event);
        }
      }
      case SequenceEnd, MappingEnd -> {
        Open closed = open.pop();
        closed.anchor.ifPresent(anchor -> sizes.put(anchor, nodes - closed.before));
      }
      case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
    }
    return event;
  }

  private void count(Event event, int more) {
    nodes = Math.min(nodes + more, MAX_NODES + 1);
    if (nodes > MAX_NODES) {
      throw exceeded("the document has more than %d keys and values".formatted(MAX_NODES), event);
    }
  }

  /** An alias of nothing is told by whoever reads the events. */
  private int sizeOf(AliasEvent alias) {
    for (Open collection : open) {
      if (collection.anchor.filter(alias.getAlias()::equals).isPresent()) {
        throw exceeded(
            "the alias `%s` is part of what it stands for"
                .formatted(Problems.shown(alias.getAlias().getValue())),
            alias);
      }
    }
    return sizes.getOrDefault(alias.getAlias(), 1);
  }

  private Optional<Open> enclosing() {
    return Optional.ofNullable(open.peek());
  }

  private static Optional<Anchor> anchor(Event event) {
    return ((NodeEvent) event).getAnchor();
  }

  private ExceededException exceeded(String problem, Event event) {
    StringBuilder path = new StringBuilder();
    open.descendingIterator().forEachRemaining(collection -> collection.appendTo(path));
    return new ExceededException(problem, event.getStartMark(), path.toString());
  }

  /** A list or mapping that has begun and not ended. */
  private static final class Open {
    private final boolean isMapping;
    private final Optional<Anchor> anchor;
    private final int before;
    private String key = "";
    private int values;

    Open(CollectionStartEvent event, int before) {
      this.isMapping = event.getEventId() == Event.ID.MappingStart;
      this.anchor = event.getAnchor();
      this.before = before;
    }

    /** In a mapping, every other value is a key. */
    void value(String text) {
      if (isMapping && values % 2 == 0) {
        key = text;
      }
      values++;
    }

    /** What has no value yet is the collection that is too much. */
    void appendTo(StringBuilder path) {
      if (values == 0) {
        return;
      }
      if (isMapping) {
        path.append(path.isEmpty() ? "" : ".").append(Problems.shown(key));
      } else {
        path.append('[').append(values - 1).append(']');
      }
    }
  }
}
