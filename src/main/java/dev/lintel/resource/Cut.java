package dev.lintel.resource;

/**
 * A part of an object that was longer than its limit, so that not all of it was read.
 *
 * @param path which part, in Kubernetes' own notation
 * @param said how much of it there is and how much was read, as a sentence about the part
 */
public record Cut(String path, String said) implements Comparable<Cut> {

  /** Tells whether a field is this part or within it. */
  public boolean concerns(String field) {
    return field.startsWith(path)
        && (field.length() == path.length()
            || field.charAt(path.length()) == '.'
            || field.charAt(path.length()) == '[');
  }

  @Override
  public int compareTo(Cut other) {
    int byPath = path.compareTo(other.path);
    return byPath != 0 ? byPath : said.compareTo(other.said);
  }

  @Override
  public String toString() {
    return said;
  }
}
