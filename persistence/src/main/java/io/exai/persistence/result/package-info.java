/** Answers that equal calls may be given for a while, also after a restart. */
@NullMarked
package io.exai.persistence.result;

import org.jspecify.annotations.NullMarked;
