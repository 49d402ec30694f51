/** What the sandbox remembers of the requests it received. */
@NullMarked
package io.exai.provider.sandbox.log;

import org.jspecify.annotations.NullMarked;
