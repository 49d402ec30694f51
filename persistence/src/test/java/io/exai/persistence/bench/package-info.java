/** Measurements, started by hand or by a script. */
@NullMarked
package io.exai.persistence.bench;

import org.jspecify.annotations.NullMarked;
