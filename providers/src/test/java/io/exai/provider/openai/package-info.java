/** Tests of the OpenAI-dialect adapter. */
@NullMarked
package io.exai.provider.openai;

import org.jspecify.annotations.NullMarked;
