/** Tests of the OpenAI-dialect adapter. */
@NullMarked
package io.exai.provider.http;

import org.jspecify.annotations.NullMarked;
