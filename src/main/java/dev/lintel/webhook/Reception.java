package dev.lintel.webhook;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * What every exchange shares.
 *
 * @param budget what bodies may hold
 * @param pool the threads that judge
 * @param metrics what is counted beside the answers
 * @param maxBody how large a review may be, in bytes
 * @param isClosing whether the process is about to end, so that clients should go elsewhere
 */
record Reception(
    BodyBudget budget,
    JudgingPool pool,
    ServingMetrics metrics,
    IntSupplier maxBody,
    BooleanSupplier isClosing) {}
