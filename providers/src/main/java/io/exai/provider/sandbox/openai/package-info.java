/** Chat completions as OpenAI, Moonshot and Z.ai read and write them. */
@NullMarked
package io.exai.provider.sandbox.openai;

import org.jspecify.annotations.NullMarked;
