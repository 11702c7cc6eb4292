package dev.lintel.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.judge.Verdict;
import dev.lintel.report.AdmissionMessages;
import dev.lintel.report.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Writes the answer to a review, or to what was none. */
final class ReviewWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int UNPROCESSABLE = 422;

  private ReviewWriter() {}

  /** Returns the review that answers a request. */
  static byte[] write(AdmissionRequest request, Answer answer) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeStringField("apiVersion", "admission.k8s.io/v1");
          out.writeStringField("kind", "AdmissionReview");
          out.writeObjectFieldStart("response");
          out.writeStringField("uid", request.uid());
          out.writeBooleanField("allowed", answer.isAllowed());
          if (!answer.isAllowed()) {
            writeStatus(out, request, answer.verdict().orElseThrow());
          }
          writeWarnings(out, warnings(answer));
          writeAuditAnnotations(out, answer.verdict());
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  /** Returns a status that the API server can read, for a request that cannot be answered. */
  static byte[] refusal(int code, String reason, String message) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeStringField("apiVersion", "v1");
          out.writeStringField("kind", "Status");
          out.writeStringField("status", "Failure");
          out.writeStringField("message", message);
          out.writeStringField("reason", reason);
          out.writeNumberField("code", code);
          out.writeEndObject();
        });
  }

  private static void writeStatus(JsonGenerator out, AdmissionRequest request, Verdict verdict)
      throws IOException {
    out.writeObjectFieldStart("status");
    out.writeStringField("status", "Failure");
    out.writeStringField("message", AdmissionMessages.denial(verdict));
    out.writeStringField("reason", "Invalid");
    out.writeNumberField("code", UNPROCESSABLE);
    out.writeObjectFieldStart("details");
    out.writeStringField("name", verdict.object().name());
    out.writeStringField("group", request.group());
    out.writeStringField("kind", request.kind());
    out.writeArrayFieldStart("causes");
    for (AdmissionMessages.Cause cause : AdmissionMessages.causes(verdict)) {
      out.writeStartObject();
      out.writeStringField("reason", "FieldValueInvalid");
      out.writeStringField("message", cause.message());
      out.writeStringField("field", cause.field());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndObject();
  }

  private static List<String> warnings(Answer answer) {
    return answer
        .verdict()
        .map(AdmissionMessages::warnings)
        .orElseGet(() -> answer.notice().map(Lines::brief).stream().toList());
  }

  private static void writeWarnings(JsonGenerator out, List<String> warnings) throws IOException {
    if (warnings.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("warnings");
    for (String warning : warnings) {
      out.writeString(warning);
    }
    out.writeEndArray();
  }

  private static void writeAuditAnnotations(JsonGenerator out, Optional<Verdict> verdict)
      throws IOException {
    String findings = verdict.map(AdmissionMessages::audit).orElse("");
    if (findings.isEmpty()) {
      return;
    }
    out.writeObjectFieldStart("auditAnnotations");
    out.writeStringField("findings", findings);
    out.writeEndObject();
  }

  private static byte[] json(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  private interface Content {
    void write(JsonGenerator out) throws IOException;
  }
}
