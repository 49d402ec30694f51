package io.exai.server.conformance;

import io.exai.protocol.json.WireJson;
import io.exai.server.feature.Offer;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.Content;
import io.exai.server.resource.Resource;
import io.exai.server.resource.ResourceBook;
import io.exai.server.resource.ResourceDescription;
import io.exai.server.resource.ResourceTemplate;
import io.exai.server.tool.Tool;
import io.exai.server.tool.Toolbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A daemon that has what the official conformance suite asks for, and nothing else.
 *
 * @see <a href="https://github.com/modelcontextprotocol/conformance">MCP conformance suite</a>
 */
public final class Fixtures {
    private Fixtures() {}

    public static Offer offer() {
        PromptBook prompts = FixturePrompts.book();
        List<Tool> tools = new ArrayList<>();
        tools.addAll(PlainTools.all());
        tools.addAll(AskingTools.all());
        tools.addAll(RoundTools.all());
        tools.addAll(TaskTools.all());
        Toolbox toolbox = Toolbox.of(tools);
        ChangingTools.all(toolbox, prompts).forEach(toolbox::toggle);
        return new Offer(toolbox, prompts, resources());
    }

    private static ResourceBook resources() {
        return new ResourceBook(
                List.of(
                        resource(
                                "test://static-text",
                                "text/plain",
                                new Content.Text("This is the content of the static text resource.")),
                        resource("test://static-binary", "image/png", new Content.Blob(Blocks.PNG)),
                        resource(
                                "test://watched-resource",
                                "text/plain",
                                new Content.Text("Watched resource content."))),
                List.of(ResourceTemplate.of(
                        new ResourceDescription(
                                "test://template/{id}/data",
                                "template",
                                "Template",
                                "Data for any id.",
                                "application/json"),
                        List::of,
                        id -> Optional.of(Content.json(WireJson.object()
                                .put("id", id)
                                .put("templateTest", true)
                                .put("data", "Data for ID: " + id))))));
    }

    private static Resource resource(String uri, String mimeType, Content content) {
        String name = uri.substring(uri.lastIndexOf('/') + 1);
        return new Resource(
                new ResourceDescription(uri, name, name, "Always reads the same.", mimeType),
                true,
                principal -> content);
    }
}
