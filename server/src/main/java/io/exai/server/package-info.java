@org.jspecify.annotations.NullMarked
package io.exai.server;
