/** Tests of flights. */
@NullMarked
package io.exai.server.flight;

import org.jspecify.annotations.NullMarked;
