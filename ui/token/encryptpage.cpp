// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/encryptpage.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>

#include <base/text.h>
#include <theme/chevronbox.h>
#include <theme/widgets.h>
#include <token/keychoice.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int contentLines = 14;

} // namespace

EncryptPage::EncryptPage(QWidget* parent)
    : QWidget(parent),
      m_takeToken(pushButton(tr("Take the token"), QStringLiteral("encryptTakeToken"))),
      m_takePayload(pushButton(tr("Take its payload"), QStringLiteral("encryptTakePayload"))),
      m_content(
          new JsonEdit(QStringLiteral("encryptContent"), tr("Content"), Role::TokenPayload, contentLines)),
      m_keys(new KeyChoice(QStringLiteral("encrypt"))),
      m_algorithm(new ChevronBox),
      m_encryption(new ChevronBox),
      m_compress(new QCheckBox(tr("Compress"))),
      m_encrypt(primaryButton(tr("Encrypt"), QStringLiteral("encryptToken"))),
      m_problem(plainLabel()),
      m_resultTitle(sectionTitle({})),
      m_result(new TokenEdit)
{
    setKind(m_problem, "bad");
    m_problem->setObjectName(QStringLiteral("encryptProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::inset, space::medium, space::inset, space::large);
    column->setSpacing(space::small);
    column->addWidget(makeHead());
    column->addWidget(m_content, 1);
    fillKeyChoice();
    column->addWidget(m_keys);
    column->addWidget(m_problem);
    column->addWidget(makeResult());
    showKeys();
}

QWidget* EncryptPage::makeHead()
{
    connect(m_takeToken, &QPushButton::clicked, this, [this] { m_content->setJson(m_token); });
    connect(m_takePayload, &QPushButton::clicked, this, [this] { m_content->setJson(m_payload); });
    m_compress->setObjectName(QStringLiteral("encryptCompress"));
    m_compress->setToolTip(tr("zip: DEF; not for content that an attacker has a part in (RFC 8725 §3.6)"));
    m_takeToken->setToolTip(tr("Signed inside, encrypted outside (RFC 7519 §5.2)"));
    auto* part = new QWidget;
    QHBoxLayout* row = lineIn(part);
    row->addWidget(sectionTitle(tr("Content")), 1);
    row->addWidget(m_takeToken);
    row->addWidget(m_takePayload);
    return part;
}

void EncryptPage::fillKeyChoice()
{
    setNames(m_algorithm, QStringLiteral("encryptAlgorithm"), tr("How the key travels (alg)"));
    setNames(m_encryption, QStringLiteral("encryptEncryption"), tr("Cipher of the content (enc)"));
    m_keys->setTexts(
        tr("Key to encrypt to"),
        tr("No key in the ring can be encrypted to: add the recipient's public key, or a secret."));
    m_keys->addChoice(m_algorithm);
    m_keys->addChoice(m_encryption);
    m_keys->addOption(m_compress);
    m_keys->addButton(m_encrypt);
    connect(m_keys, &KeyChoice::keyChanged, this, &EncryptPage::showAlgorithms);
    connect(m_keys, &KeyChoice::keysRequested, this, &EncryptPage::keysRequested);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, &EncryptPage::showEncryptions);
    connect(m_encryption, &QComboBox::currentIndexChanged, this, &EncryptPage::showOthers);
    connect(m_encrypt, &QPushButton::clicked, this, &EncryptPage::encrypt);
    connect(m_content, &QPlainTextEdit::textChanged, this, &EncryptPage::noticeTyping);
    connect(m_keys, &KeyChoice::keyChanged, this, &EncryptPage::noticeChange);
    connect(m_keys, &KeyChoice::formChanged, this, &EncryptPage::noticeChange);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, &EncryptPage::noticeChange);
    connect(m_encryption, &QComboBox::currentIndexChanged, this, &EncryptPage::noticeChange);
    connect(m_compress, &QCheckBox::toggled, this, &EncryptPage::noticeChange);
}

QWidget* EncryptPage::makeResult()
{
    setNames(m_result, QStringLiteral("encryptedToken"), tr("Encrypted token"));
    m_resultTitle->setObjectName(QStringLiteral("encryptedTitle"));
    m_result->setReadOnly(true);
    QPushButton* look = pushButton(tr("Inspect it"), QStringLiteral("inspectEncrypted"));
    QToolButton* copy =
        flatButton(QStringLiteral("copy"), tr("Copy the encrypted token"), QStringLiteral("copyEncrypted"));
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(toQString(m_result->token())); });
    connect(look, &QPushButton::clicked, this,
            [this] { Q_EMIT inspectRequested(toQString(m_result->token())); });
    auto* title = new QWidget;
    QHBoxLayout* row = lineIn(title);
    row->addWidget(m_resultTitle, 1);
    row->addWidget(look);
    row->addWidget(copy);
    m_resultPart = new QWidget;
    auto* column = new QVBoxLayout(m_resultPart);
    column->setContentsMargins(0, space::small, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(title);
    column->addWidget(m_result);
    m_resultPart->hide();
    return m_resultPart;
}

void EncryptPage::setRing(const inspect::KeyRing& ring)
{
    m_ring = ring;
    showKeys();
}

void EncryptPage::setToken(const inspect::Inspection& inspection)
{
    m_token = inspection.text();
    m_payload = inspection.token.payload.bytes;
    m_takeToken->setEnabled(!m_token.empty() && !inspection.isOpaque());
    m_takePayload->setEnabled(!m_payload.empty() && !firstInvalidUtf8(m_payload));
}

void EncryptPage::showKeys()
{
    m_keys->setRing(m_ring, encryptingKeys(m_ring));
    const bool hasKey = m_keys->key() != nullptr;
    for (QWidget* part : {static_cast<QWidget*>(m_algorithm), static_cast<QWidget*>(m_encryption),
                          static_cast<QWidget*>(m_encrypt)})
        part->setEnabled(hasKey);
    showAlgorithms();
}

void EncryptPage::showOthers()
{
    const std::optional<std::size_t> index = m_keys->index();
    m_keys->setOthers(index ? recipientsBeside(m_ring, *index, toUtf8(m_algorithm->currentText()),
                                               toUtf8(m_encryption->currentText()))
                            : std::vector<std::size_t>());
}

void EncryptPage::showAlgorithms()
{
    const QSignalBlocker quiet(m_algorithm);
    m_algorithm->clear();
    if (const jose::Key* key = m_keys->key())
        for (const std::string& name : encryptAlgorithms(*key))
            m_algorithm->addItem(toQString(name));
    showEncryptions();
}

void EncryptPage::showEncryptions()
{
    const QString before = m_encryption->currentText();
    const QSignalBlocker quiet(m_encryption);
    m_encryption->clear();
    if (const jose::Key* key = m_keys->key())
        for (const std::string& name : contentEncryptionsFor(*key, toUtf8(m_algorithm->currentText())))
            m_encryption->addItem(toQString(name));
    const QString usual = before.isEmpty() ? QStringLiteral("A256GCM") : before;
    m_encryption->setCurrentIndex(std::max(0, m_encryption->findText(usual)));
    showOthers();
}

void EncryptPage::setRunning(bool running)
{
    m_encrypt->setEnabled(!running && m_keys->key() != nullptr);
    m_encrypt->setText(running ? tr("Encrypting") : tr("Encrypt"));
}

void EncryptPage::say(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void EncryptPage::noticeTyping()
{
    // Qt says that a text changed when its colours did.
    Secret content(m_content->json());
    if (content == m_last)
        return;
    m_last = std::move(content);
    noticeChange();
}

/// The result, there or on its way, is no longer that of what stands above it.
void EncryptPage::noticeChange()
{
    m_job.cancel();
    setRunning(false);
    m_resultTitle->setText(tr("Encrypted before the last change"));
}

void EncryptPage::encrypt()
{
    if (m_keys->key() == nullptr)
        return;
    std::vector<jose::Key> keys = m_keys->others();
    keys.insert(keys.begin(), *m_keys->key());
    say({});
    setRunning(true);
    const EncryptDraft draft{Secret(m_content->json()), toUtf8(m_algorithm->currentText()),
                             toUtf8(m_encryption->currentText()), m_compress->isChecked(), m_keys->form()};
    m_job.run([draft, keys] { return encryptDraft(draft, keys); },
              [this](const Result<Secret>& token) { showResult(token); });
}

void EncryptPage::showResult(const Result<Secret>& token)
{
    setRunning(false);
    if (!token)
        return say(toQString(visible(describe(token.error()))));
    m_result->setToken(toQString(token->reveal()));
    m_result->showParts(jose::decode(token->reveal()), {});
    m_resultTitle->setText(tr("Encrypted token"));
    m_resultPart->show();
}

} // namespace claimcheck::ui
