/** Tests of the sandbox. */
@NullMarked
package io.exai.provider.sandbox.fault;

import org.jspecify.annotations.NullMarked;
