/** Tests of the conformance fixtures. */
@NullMarked
package io.exai.server.conformance;

import org.jspecify.annotations.NullMarked;
