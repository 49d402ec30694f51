/** A chat request without its vendor's words, and the answer the sandbox has for it. */
@NullMarked
package io.exai.provider.sandbox.question;

import org.jspecify.annotations.NullMarked;
