/** Admission reviews over HTTPS: reads a review, asks the judge, answers. */
@NullMarked
package dev.lintel.webhook;

import org.jspecify.annotations.NullMarked;
