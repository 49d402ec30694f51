/** What the calls of the past would have cost elsewhere. */
@NullMarked
package io.exai.server.spending.advice;

import org.jspecify.annotations.NullMarked;
