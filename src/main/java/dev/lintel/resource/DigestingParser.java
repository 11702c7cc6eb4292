package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives a digest what it comes to; what is passed over, too. */
final class DigestingParser extends JsonParserDelegate {

  private final BlockDigest digest;

  DigestingParser(JsonParser parser, BlockDigest digest) {
    super(parser);
    this.digest = digest;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    JsonToken token = delegate.nextToken();
    if (token != null) {
      digest.take(delegate);
    }
    return token;
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    if (delegate.currentToken().isStructStart()) {
      for (int depth = 1; depth > 0; ) {
        JsonToken token = nextToken();
        if (token == null) {
          break;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
    }
    return this;
  }
}
