package dev.lintel.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.cluster.Snapshot;
import dev.lintel.judge.Spared;
import dev.lintel.judge.Verdict;
import dev.lintel.report.AdmissionMessages;
import dev.lintel.report.AdmissionMessages.Cause;
import dev.lintel.report.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the answer to a review, or to what was none. */
final class ReviewWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int UNPROCESSABLE = 422;

  private ReviewWriter() {}

  /** Returns the review that answers a request. */
  static byte[] write(AdmissionRequest request, Answer answer) {
    return review(
        request,
        out -> {
          out.writeBooleanField("allowed", answer.isAllowed());
          if (!answer.isAllowed()) {
            Verdict verdict = answer.verdict().orElseThrow();
            writeStatus(
                out,
                request,
                verdict.object().name(),
                AdmissionMessages.denial(verdict, answer.veil()),
                AdmissionMessages.causes(verdict, answer.veil()));
          }
          writeWarnings(out, warnings(answer));
          writeAuditAnnotations(out, answer);
        });
  }

  /**
   * Returns the review that answers a request about the policy.
   *
   * @param field where the document stands
   */
  static byte[] write(AdmissionRequest request, String field, PolicyReview.Outcome outcome) {
    List<Cause> causes =
        outcome.problems().stream().map(problem -> new Cause(field, problem)).toList();
    return review(
        request,
        out -> {
          out.writeBooleanField("allowed", causes.isEmpty());
          if (!causes.isEmpty()) {
            String message = Lines.oneLine(String.join("; ", outcome.problems()));
            writeStatus(out, request, request.name(), message, causes);
          }
          writeWarnings(out, outcome.warnings());
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

  private static byte[] review(AdmissionRequest request, Content response) {
    return json(
        out -> {
          out.writeStartObject();
          out.writeStringField("apiVersion", "admission.k8s.io/v1");
          out.writeStringField("kind", "AdmissionReview");
          out.writeObjectFieldStart("response");
          out.writeStringField("uid", request.uid());
          response.write(out);
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  private static void writeStatus(
      JsonGenerator out, AdmissionRequest request, String name, String message, List<Cause> causes)
      throws IOException {
    out.writeObjectFieldStart("status");
    out.writeStringField("status", "Failure");
    out.writeStringField("message", message);
    out.writeStringField("reason", "Invalid");
    out.writeNumberField("code", UNPROCESSABLE);
    out.writeObjectFieldStart("details");
    out.writeStringField("name", name);
    out.writeStringField("group", request.group());
    out.writeStringField("kind", request.kind());
    out.writeArrayFieldStart("causes");
    for (Cause cause : causes) {
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
    int max = answer.judgedBy().orElse(Snapshot.NOTHING).policy().limits().warnings();
    return Stream.concat(
            answer
                .verdict()
                .map(verdict -> AdmissionMessages.warnings(verdict, max, answer.veil()))
                .stream()
                .flatMap(List::stream),
            answer.notice().map(Lines::brief).stream())
        .toList();
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

  private static void writeAuditAnnotations(JsonGenerator out, Answer answer) throws IOException {
    Optional<Spared> spared = answer.verdict().flatMap(Verdict::spared).filter(Spared::isByAuthor);
    if (spared.isPresent()) {
      out.writeObjectFieldStart("auditAnnotations");
      out.writeStringField("spared", spared.get().word());
      writeGeneration(out, answer);
      out.writeEndObject();
    } else if (answer.verdict().filter(verdict -> !verdict.findings().isEmpty()).isPresent()) {
      writeFindings(out, answer, answer.verdict().get());
    }
  }

  private static void writeFindings(JsonGenerator out, Answer answer, Verdict verdict)
      throws IOException {
    out.writeObjectFieldStart("auditAnnotations");
    out.writeStringField("findings", AdmissionMessages.audit(verdict));
    String details = AdmissionMessages.details(verdict, answer.veil());
    if (!details.isEmpty()) {
      out.writeStringField("details", details);
    }
    String exemptions = AdmissionMessages.exemptions(verdict);
    if (!exemptions.isEmpty()) {
      out.writeStringField("exempt", exemptions);
    }
    writeGeneration(out, answer);
    out.writeEndObject();
  }

  private static void writeGeneration(JsonGenerator out, Answer answer) throws IOException {
    out.writeStringField(
        "policy-generation", answer.judgedBy().map(Snapshot::policyGeneration).orElse(""));
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
