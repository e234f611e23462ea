// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/certificatedesk.h>

#include <base/text.h>
#include <http/url.h>
#include <mainwindow/noticebar.h>
#include <request/certificatedialog.h>
#include <request/requesttabs.h>
#include <store/filenames.h>
#include <variables/resolve.h>
#include <workbench/declaredsecrets.h>
#include <workbench/secrets.h>
#include <workbench/workbench.h>

namespace claimcheck::ui {
namespace {

using collection::ClientCertificate;
using collection::Environment;

/// The list that it stands in, or that a new one goes to: of the chosen environment, else of the collection.
const Environment* ownerOf(const collection::Collection& collection, const std::string& chosen,
                           const ClientCertificate* certificate)
{
    const std::vector<const Environment*> all = collection::withExtended(collection, chosen);
    if (certificate == nullptr)
        return all.empty() ? nullptr : all.front();
    for (const Environment* each : all)
        for (const ClientCertificate& own : each->certificates)
            if (&own == certificate)
                return each;
    return nullptr;
}

QString wordsFor(const Environment* owner)
{
    return owner ? CertificateDesk::tr("the environment %1").arg(toQString(visible(owner->name)))
                 : CertificateDesk::tr("the collection");
}

std::string domainOf(const http::Url& url)
{
    return url.hasPort ? http::authority(url) : url.host;
}

Error noHost(const Result<std::string>& url)
{
    const Error plain{ErrorKind::Usage, "no client certificate can be chosen",
                      "the URL of the request is none with https", "write it with https:// and a host"};
    return url ? plain : url.error();
}

} // namespace

CertificateDesk::CertificateDesk(workbench::Workbench& workbench, workbench::Edits& edits, RequestTabs* tabs,
                                 NoticeBar* notice)
    : QObject(tabs), m_workbench(workbench), m_edits(edits), m_tabs(tabs), m_notice(notice)
{
    connect(tabs, &RequestTabs::certificateRequested, this, &CertificateDesk::edit);
}

void CertificateDesk::edit()
{
    const auto& open = m_workbench.collection();
    if (!open)
        return;
    const collection::Item item = m_tabs->currentItemToSend();
    const auto url = variables::resolve(item.entry.url, m_workbench.scopesOf(item), "URL");
    const auto parsed = url ? http::parseUrl(*url) : tl::unexpected(url.error());
    if (!parsed || !parsed->isSecure())
        return m_notice->say(noHost(url));
    const std::string& chosen = m_workbench.environment();
    const ClientCertificate* const known = collection::certificateFor(*open, chosen, *url);
    const Environment* const owner = ownerOf(*open, chosen, known);
    workbench::CertificateSave wanted;
    wanted.file = owner ? owner->path : std::string(store::rootFile);
    if (known)
        wanted.before = *known;
    auto* dialog = new CertificateDialog({open->directory, domainOf(*parsed), wordsFor(owner), wanted.before,
                                          m_workbench.secrets().hasKeychain()},
                                         m_tabs->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CertificateDialog::saveRequested, this,
            [this, dialog, directory = open->directory, wanted]() mutable {
                wanted.after = dialog->certificate();
                save(dialog, directory, wanted);
            });
    connect(dialog, &CertificateDialog::removeRequested, this,
            [this, dialog, directory = open->directory, wanted] { save(dialog, directory, wanted); });
    dialog->open();
}

void CertificateDesk::save(CertificateDialog* dialog, const std::string& directory,
                           workbench::CertificateSave wanted)
{
    const auto& open = m_workbench.collection();
    if (!open || open->directory != directory)
        return dialog->say({ErrorKind::Refused, "cannot save the client certificate",
                            "another collection is open now", "open this one again"});
    const std::string secret = wanted.after ? dialog->newSecret() : std::string();
    if (!secret.empty())
        wanted.secrets = {secret};
    if (const auto saved = m_edits.saveCertificate(wanted); !saved)
        return dialog->say(saved.error());
    if (const Secret value = dialog->passphrase(); !secret.empty() && !value.isEmpty())
        workbench::keepDeclared(m_workbench.secrets(), *m_workbench.collection(), m_workbench.environment(),
                                secret, value);
    dialog->accept();
}

} // namespace claimcheck::ui
