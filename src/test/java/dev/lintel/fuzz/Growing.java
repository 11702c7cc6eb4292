package dev.lintel.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An input of which one part is repeated. The part is chosen by the input itself: what stands
 * between two marks, so that a list gets more elements, a map more keys and a text more of itself.
 *
 * @param head what stands before the part
 * @param part what is repeated
 * @param tail what stands after it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Growing(byte[] head, byte[] part, byte[] tail) {

  private static final String MARKS = "{}[],:\"\n. /";

  /** Chooses a part. */
  static Growing of(byte[] input) {
    List<Integer> cuts = new ArrayList<>();
    cuts.add(0);
    for (int i = 0; i < input.length; i++) {
      if (MARKS.indexOf(input[i]) >= 0) {
        cuts.add(i);
      }
    }
    cuts.add(input.length);
    int choice = Math.floorMod(Arrays.hashCode(input) >>> 6, cuts.size());
    int length = 1 + Math.floorMod(Arrays.hashCode(input) >>> 16, 4);
    int from = cuts.get(choice);
    int to = cuts.get(Math.min(choice + length, cuts.size() - 1));
    return new Growing(
        Arrays.copyOf(input, from),
        Arrays.copyOfRange(input, from, to),
        Arrays.copyOfRange(input, to, input.length));
  }

  /** Returns the input with the part so many times that it has about so many bytes. */
  byte[] ofSize(int bytes) {
    int rest = bytes - head.length - tail.length;
    int times = part.length == 0 ? 0 : Math.max(1, rest / part.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes);
    out.writeBytes(head);
    for (int i = 0; i < times; i++) {
      out.writeBytes(part);
    }
    out.writeBytes(tail);
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return "%s >>>%s<<< %s".formatted(text(head), text(part), text(tail));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
