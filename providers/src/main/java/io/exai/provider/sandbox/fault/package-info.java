/** What goes wrong on purpose: by script or by chance. */
@NullMarked
package io.exai.provider.sandbox.fault;

import org.jspecify.annotations.NullMarked;
