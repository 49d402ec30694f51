package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.server.conformance.Fixtures;
import io.exai.server.feature.Asker;
import io.exai.server.session.ToolRequest;
import io.exai.server.setting.Settings;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of a call, with the fixtures of the conformance suite. */
class CallRequestTest {
    private static final String TASKS = "{'extensions':{'io.modelcontextprotocol/tasks':{}}}";
    private static final EdgeParts PARTS = parts();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                  | name: missing (expected: the name of a tool)",
                "{'name':7}                                          | name: 7 (expected: the name of a tool)",
                "{'name':'greet','arguments':[]}                     | arguments: [] (expected: an object)",
                "{'name':'greet','_meta':{'progressToken':{}}}       | _meta.progressToken: {} (expected: a string or an integer)",
                "{'name':'greet','_meta':{'progressToken':1.5}}      | _meta.progressToken: 1.5 (expected: a string or an integer)",
            })
    void namesTheFieldThatIsWrong(String params, String message) {
        RpcError error = refused(params, Revision.R2025_11_25, "{}");

        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void namesTheToolThatIsNotThere() {
        RpcError error = refused("{'name':'greets'}", Revision.R2025_11_25, "{}");

        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message()).contains("greets");
    }

    @Test
    void answersArgumentsThatDoNotFitSoThatAModelCanAct() {
        CallRequest call = call("{'name':'greet','arguments':{}}", Revision.R2025_11_25, "{}");

        assertThat(call).isInstanceOf(CallRequest.Settled.class);
        ObjectNode answer = ((CallRequest.Settled) call).answer();
        assertThat(answer.path("isError").asBoolean()).isTrue();
        assertThat(answer.toString()).contains("VALIDATION_ERROR", "name");
    }

    @Test
    void takesWhatFits() {
        CallRequest.Accepted call = accepted(
                "{'name':'greet','arguments':{'name':'Ada'},'_meta':{'progressToken':7}}", Revision.R2025_11_25, "{}");

        assertThat(call.tool().name()).isEqualTo("greet");
        assertThat(call.arguments()).isEqualTo("{\"name\":\"Ada\"}");
        assertThat(call.progressToken()).isEqualTo("7");
        assertThat(call.context()).isNull();
        assertThat(call.task()).isFalse();
    }

    @Test
    void takesMissingArgumentsForNone() {
        assertThat(accepted("{'name':'test_simple_text'}", Revision.R2024_11_05, "{}")
                        .arguments())
                .isEqualTo("{}");
    }

    /** How long a task is kept: between a second and a day, an hour unless told. */
    @ParameterizedTest
    @CsvSource({"{'ttl':5000}, 5000", "{'ttl':1}, 1000", "{'ttl':-1}, 1000", "{'ttl':1e12}, 86400000", "{}, 3600000"})
    void keepsATaskWithinBounds(String task, long kept) {
        CallRequest.Accepted call = accepted(
                "{'name':'slow_compute','arguments':{'seconds':1},'task':" + task + "}", Revision.R2025_11_25, "{}");

        assertThat(call.task()).isTrue();
        assertThat(call.ttlMillis()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05", "2025-03-26", "2025-06-18"})
    void knowsNoTasksBeforeTheRevisionThatHasThem(String revision) {
        CallRequest.Accepted call = accepted(
                "{'name':'slow_compute','arguments':{'seconds':1},'task':{}}",
                Revision.of(revision).orElseThrow(),
                "{}");

        assertThat(call.task()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'greet','arguments':{'name':'a'},'task':{}} | task: given (expected: none",
                "{'name':'failing_job'}                              | task: missing (expected: a task",
            })
    void holdsALegacyClientToWhatTheToolSaysOfTasks(String params, String message) {
        RpcError error = refused(params, Revision.R2025_11_25, "{}");

        assertThat(error.code()).isEqualTo(RpcError.METHOD_NOT_FOUND);
        assertThat(error.message()).startsWith(message);
    }

    @Test
    void makesATaskForAModernClientThatKnowsThem() {
        String params = "{'name':'slow_compute','arguments':{'seconds':1}}";

        assertThat(accepted(params, Revision.R2026_07_28, TASKS).task()).isTrue();
        assertThat(accepted(params, Revision.R2026_07_28, "{}").task()).isFalse();
        assertThat(accepted("{'name':'greet','arguments':{'name':'a'}}", Revision.R2026_07_28, TASKS)
                        .task())
                .isFalse();
    }

    @Test
    void makesATaskOfSomeOnlyWhenTheClientHasAnswered() {
        assertThat(accepted("{'name':'test_tool_with_task'}", Revision.R2026_07_28, TASKS)
                        .task())
                .isFalse();
        assertThat(accepted(
                                "{'name':'test_tool_with_task','inputResponses':{'user_name':{}}}",
                                Revision.R2026_07_28,
                                TASKS)
                        .task())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failing_job             | {}              | {'extensions':{'io.modelcontextprotocol/tasks':{}}}",
                "test_missing_capability | {'roots':{}}    | {'sampling':{}}",
            })
    void tellsAModernClientWhatToDeclare(String tool, String capabilities, String wanted) {
        RpcError error = refused("{'name':'" + tool + "'}", Revision.R2026_07_28, capabilities);

        assertThat(error.code()).isEqualTo(RpcError.MISSING_CAPABILITY);
        assertThat(error.toJson().path("data").path("requiredCapabilities")).isEqualTo(json(wanted));
        assertThat(call("{'name':'" + tool + "'}", Revision.R2026_07_28, wanted))
                .isInstanceOf(CallRequest.Accepted.class);
    }

    @Test
    void refusesAStateThatIsNotOfThisCall() {
        RpcError error = refused(
                "{'name':'test_simple_text','requestState':'made up'}", Revision.R2026_07_28, "{'elicitation':{}}");

        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message()).startsWith("requestState: ").contains("the one of the last answer");
    }

    @Test
    void becomesARequestOfItsSession() {
        CallRequest.Accepted call = accepted(
                "{'name':'slow_compute','arguments':{'seconds':1},'task':{'ttl':2000}}", Revision.R2025_11_25, "{}");
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        ToolRequest request = call.request("1", Revision.R2025_11_25, SessionIds.next(), now);

        assertThat(request.requestId()).isEqualTo("1");
        assertThat(request.tool()).isEqualTo("slow_compute");
        assertThat(request.revision()).isEqualTo("2025-11-25");
        assertThat(request.task()).isNotNull();
    }

    private static RpcError refused(String params, Revision revision, String capabilities) {
        CallRequest call = call(params, revision, capabilities);
        assertThat(call).isInstanceOf(CallRequest.Refused.class);
        return ((CallRequest.Refused) call).error();
    }

    private static CallRequest.Accepted accepted(String params, Revision revision, String capabilities) {
        CallRequest call = call(params, revision, capabilities);
        assertThat(call).isInstanceOf(CallRequest.Accepted.class);
        return (CallRequest.Accepted) call;
    }

    private static CallRequest call(String params, Revision revision, String capabilities) {
        return CallRequest.of(json(params), new Asker(revision, json(capabilities), "alice"), PARTS);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) TaskJson.parse(text.replace('\'', '"'));
    }

    private static EdgeParts parts() {
        Settings settings = Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));
        EdgeParts parts = EdgeFixture.parts(settings, 2_000, new FakeGate());
        return new EdgeParts(
                parts.http(),
                parts.limits(),
                parts.messages(),
                Fixtures.offer().toolbox(),
                parts.reports(),
                parts.catalogue(),
                parts.sessions(),
                parts.features(),
                parts.seal(),
                parts.changes(),
                parts.clock(),
                parts.executor(),
                parts.touchInterval());
    }
}
