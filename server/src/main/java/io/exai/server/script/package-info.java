/** What a tool or prompt does step by step, the same for every era and transport. */
@NullMarked
package io.exai.server.script;

import org.jspecify.annotations.NullMarked;
