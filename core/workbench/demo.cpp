// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbenchprivate.h"

namespace claimcheck::workbench {

static Result<std::unique_ptr<demo::DemoServer>> startServer()
{
    auto server = std::make_unique<demo::DemoServer>();
    if (const auto port = server->start(); !port)
        return tl::unexpected(port.error());
    return server;
}

Result<std::string> Workbench::startDemo()
{
    if (!d->demo) {
        auto server = startServer();
        if (!server)
            return tl::unexpected(server.error());
        auto files = std::make_unique<DemoCollection>();
        if (auto unpacked = files->unpack((*server)->url()); !unpacked)
            return tl::unexpected(unpacked.error());
        d->demo = *std::move(server);
        d->demoCollection = std::move(files);
    }
    d->wanted = "demo";
    if (auto opened = openCollection(d->demoCollection->directory()); !opened)
        return tl::unexpected(opened.error());
    inspect::KeyRing ring;
    ring.keys.push_back(jose::secretKey(Secret(demo::demoSecret)));
    setKeyRing(std::move(ring));
    return d->demo->url();
}

std::string Workbench::demoUrl() const
{
    return d->demo ? d->demo->url() : std::string();
}

} // namespace claimcheck::workbench
