/** Chat completions: the OpenAI chat-completions dialect over HTTP. */
@NullMarked
package io.exai.provider.openai;

import org.jspecify.annotations.NullMarked;
