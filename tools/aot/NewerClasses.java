import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar and gives its classes that are older than Java 6 the form of Java 8. The JDK's cache
 * takes no older ones, because they lack the stack maps by which newer ones are verified. What the
 * classes do stays the same.
 *
 * <p>Why this and not the jar as it is: picocli is most of what a short command runs, and without
 * it in the cache {@code lintel check} of one file takes 17 % more processor time (367 instead of
 * 314 ms) and 29 % longer (median 764 instead of 592 ms on two busy processors; 20 runs each, in
 * turn). It may go when picocli is published for Java 6 or newer.
 */
class NewerClasses {

  private static final int JAVA_6 = 50;

  /** The time of each entry, so that the same jar comes of it whenever it is made. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(2010, 1, 1, 0, 0);

  /** Usage: java NewerClasses.java OLD NEW. */
  public static void main(String[] arguments) throws IOException {
    try (JarFile old = new JarFile(arguments[0]);
        JarOutputStream copy = new JarOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
      ClassFile classes = classes(old);
      for (JarEntry entry : Collections.list(old.entries())) {
        byte[] bytes = bytes(old, entry);
        JarEntry newer = new JarEntry(entry.getName());
        newer.setTimeLocal(ALWAYS);
        copy.putNextEntry(newer);
        copy.write(entry.getName().endsWith(".class") ? newer(classes, bytes) : bytes);
        copy.closeEntry();
      }
    }
  }

  private static byte[] newer(ClassFile classes, byte[] bytes) {
    ClassModel old = classes.parse(bytes);
    if (old.majorVersion() >= JAVA_6) {
      return bytes;
    }
    return classes.build(
        old.thisClass().asSymbol(),
        copy -> {
          copy.withVersion(ClassFile.JAVA_8_VERSION, 0);
          for (ClassElement element : old) {
            if (element instanceof MethodModel method) {
              copy.transformMethod(
                  method, MethodTransform.transformingCode((code, step) -> code.with(step)));
            } else if (!(element instanceof ClassFileVersion)) {
              copy.with(element);
            }
          }
        });
  }

  private static ClassFile classes(JarFile jar) {
    ClassHierarchyResolver own =
        ClassHierarchyResolver.ofResourceParsing((ClassDesc name) -> stream(jar, name));
    return ClassFile.of(
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
        ClassFile.ClassHierarchyResolverOption.of(
            own.orElse(ClassHierarchyResolver.defaultResolver()).cached()));
  }

  private static InputStream stream(JarFile jar, ClassDesc name) {
    String descriptor = name.descriptorString();
    JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
