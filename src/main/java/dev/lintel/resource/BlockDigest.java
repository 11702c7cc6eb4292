package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells one block of an object from another by all that stands in it, in 64 bits: each value with
 * its place adds to a sum, so that the order of fields does not matter. As everywhere, {@code null}
 * counts as absent.
 */
final class BlockDigest {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final Deque<Level> open = new ArrayDeque<>();
  private long sum;

  /** Returns the digest of what was taken so far; 0 for an empty block. */
  long value() {
    return sum;
  }

  /** Begins with the value on which a parser stands. */
  void begin(JsonParser at) throws IOException {
    if (at.currentToken().isStructStart()) {
      open.push(new Level(OFFSET, at.isExpectedStartArrayToken()));
    } else {
      take(at);
    }
  }

  /** Takes what a parser has come to. */
  void take(JsonParser at) throws IOException {
    switch (at.currentToken()) {
      case FIELD_NAME -> level().enter(hash(at.currentName()));
      case START_OBJECT, START_ARRAY -> {
        long place = place();
        boolean isArray = at.isExpectedStartArrayToken();
        add(place, isArray ? '[' : '{');
        open.push(new Level(place, isArray));
      }
      case END_OBJECT, END_ARRAY -> open.pop();
      case VALUE_NULL -> place();
      default -> add(place(), scalar(at));
    }
  }

  private Level level() {
    return open.element();
  }

  private long place() {
    return open.isEmpty() ? OFFSET : level().place();
  }

  private void add(long place, long value) {
    sum += mixed(place, value);
  }

  /** A number is not the text that looks like it. */
  private static long scalar(JsonParser at) throws IOException {
    long hash = OFFSET + at.currentToken().id();
    char[] text = at.getTextCharacters();
    int end = at.getTextOffset() + at.getTextLength();
    for (int i = at.getTextOffset(); i < end; i++) {
      hash = (hash ^ text[i]) * PRIME;
    }
    return hash;
  }

  private static long hash(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }

  /** Spreads both over all bits, or sums of similar values would meet. */
  private static long mixed(long place, long value) {
    long mixed = place * PRIME ^ value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  /** An object or an array that has begun, and where in it the next value stands. */
  private static final class Level {

    private final long place;
    private final boolean isArray;
    private long next;

    Level(long place, boolean isArray) {
      this.place = place;
      this.isArray = isArray;
    }

    void enter(long name) {
      next = name;
    }

    long place() {
      return mixed(place, isArray ? next++ : next);
    }
  }
}
