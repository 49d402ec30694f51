/** Tests of advice. */
@NullMarked
package io.exai.server.spending.advice;

import org.jspecify.annotations.NullMarked;
