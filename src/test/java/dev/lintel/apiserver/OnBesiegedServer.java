package dev.lintel.apiserver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that does harm, on a real API server. One {@link Siege} is begun for all classes together,
 * and handed to the constructor that wants it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
    named = "lintel.apiserver",
    matches = "skip",
    disabledReason = "there is no kube-apiserver here; `make test` gets one where it can")
@ExtendWith(SiegeExtension.class)
@interface OnBesiegedServer {}
