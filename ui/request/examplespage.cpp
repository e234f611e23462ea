// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/examplespage.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlistwidget.h>
#include <QtWidgets/qplaintextedit.h>

#include <base/text.h>
#include <state/detailsform.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int mostRows = 5; ///< of the list before it is scrolled

/// Line by line, so that line ends stay what they are.
QString shownLines(const std::string& text)
{
    QStringList lines;
    for (const QString& line : toQString(text).split(u'\n'))
        lines.push_back(toQString(visible(toUtf8(line.endsWith(u'\r') ? line.chopped(1) : line))));
    return lines.join(u'\n');
}

QString message(const QString& start, const http::Headers& headers, const std::string& body)
{
    QString text = start + u'\n';
    for (const http::Header& header : headers)
        text += toQString(visible(header.name + ": " + header.value)) + u'\n';
    if (!body.empty())
        text += u'\n' + shownLines(body) + u'\n';
    return text;
}

QString titleOf(const collection::Example& example)
{
    const QString name = toQString(visible(example.name.empty() ? "Example" : example.name));
    return example.status == 0 ? name : QStringLiteral("%1  ·  %2").arg(name).arg(example.status);
}

} // namespace

QString exampleText(const collection::Example& example)
{
    QString text;
    if (!example.description.empty())
        text += shownLines(example.description) + QStringLiteral("\n\n");
    if (!example.url.empty())
        text += message(toQString(visible(example.method + " " + example.url)), example.requestHeaders,
                        example.requestBody) +
                u'\n';
    const std::string status = example.status == 0 ? std::string() : std::to_string(example.status) + " ";
    return text + message(toQString(visible(status + example.statusText)), example.headers, example.body);
}

ExamplesPage::ExamplesPage(DetailsForm* form, QWidget* parent)
    : QWidget(parent),
      m_form(form),
      m_list(new QListWidget),
      m_text(new QPlainTextEdit),
      m_none(mutedLabel(tr("No answer is kept with this request. Send it, then choose “Save answer as "
                           "example” in the menu (Ctrl+Shift+E)."))),
      m_bar(new QWidget),
      m_back(linkButton(tr("Bring it back"), QStringLiteral("bringBackExample")))
{
    setNames(m_list, QStringLiteral("requestExamples"), tr("Examples"));
    m_list->setFrameShape(QFrame::NoFrame);
    setNames(m_text, QStringLiteral("exampleText"), tr("The example"));
    m_text->setReadOnly(true);
    m_text->setFont(monoFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    setKind(m_text, "bare");
    m_text->document()->setDocumentMargin(space::large);
    m_none->setWordWrap(true);
    m_none->setContentsMargins(space::large, space::medium, space::large, space::medium);
    auto* rename = pushButton(tr("Rename"), QStringLiteral("renameExample"));
    auto* remove = pushButton(tr("Delete"), QStringLiteral("deleteExample"));
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(space::large, space::small, space::large, space::small);
    row->setSpacing(space::small);
    row->addWidget(rename);
    row->addWidget(remove);
    row->addStretch(1);
    row->addWidget(m_back);
    m_back->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_none);
    column->addWidget(m_list);
    column->addWidget(m_bar);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_text, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &ExamplesPage::showCurrent);
    connect(m_list, &QListWidget::itemChanged, this, &ExamplesPage::rename);
    connect(rename, &QPushButton::clicked, this, [this] {
        if (QListWidgetItem* item = m_list->currentItem()) {
            const QSignalBlocker quiet(m_list);
            const auto index = static_cast<std::size_t>(m_list->currentRow());
            item->setText(toQString(visible(m_form->details().examples[index].name)));
            m_list->editItem(item);
        }
    });
    connect(remove, &QPushButton::clicked, this, &ExamplesPage::removeCurrent);
    connect(m_back, &QPushButton::clicked, this, &ExamplesPage::bringBack);
    reload();
}

void ExamplesPage::reload()
{
    m_loading = true;
    const std::vector<collection::Example>& examples = m_form->details().examples;
    const int row = std::clamp(m_list->currentRow(), 0, std::max(0, static_cast<int>(examples.size()) - 1));
    m_list->clear();
    for (const collection::Example& example : examples) {
        auto* item = new QListWidgetItem(titleOf(example), m_list);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    m_list->setFixedHeight(std::clamp(m_list->count(), 1, mostRows) * space::row + space::tiny);
    const bool any = !examples.empty();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_list, m_text})
        widget->setVisible(any);
    m_bar->setVisible(any || m_removed);
    m_none->setVisible(!any);
    m_loading = false;
    m_list->setCurrentRow(any ? row : -1);
    showCurrent();
}

void ExamplesPage::showNewest()
{
    reload();
    m_list->setCurrentRow(m_list->count() - 1);
}

void ExamplesPage::showCurrent()
{
    const int row = m_list->currentRow();
    const std::vector<collection::Example>& examples = m_form->details().examples;
    if (m_loading || row < 0 || row >= static_cast<int>(examples.size()))
        return;
    m_text->setPlainText(exampleText(examples[static_cast<std::size_t>(row)]));
}

void ExamplesPage::rename()
{
    const int row = m_list->currentRow();
    std::vector<collection::Example> examples = m_form->details().examples;
    if (m_loading || row < 0 || row >= static_cast<int>(examples.size()))
        return;
    const std::string name = toUtf8(m_list->item(row)->text().trimmed());
    if (!name.empty())
        examples[static_cast<std::size_t>(row)].name = name;
    m_form->setExamples(std::move(examples));
    QMetaObject::invokeMethod(this, &ExamplesPage::reload, Qt::QueuedConnection); // the editor is still open
}

void ExamplesPage::removeCurrent()
{
    const int row = m_list->currentRow();
    std::vector<collection::Example> examples = m_form->details().examples;
    if (row < 0 || row >= static_cast<int>(examples.size()))
        return;
    m_removed.emplace(static_cast<std::size_t>(row), examples[static_cast<std::size_t>(row)]);
    examples.erase(examples.begin() + row);
    m_form->setExamples(std::move(examples));
    m_back->show();
    reload();
}

void ExamplesPage::bringBack()
{
    if (!m_removed)
        return;
    std::vector<collection::Example> examples = m_form->details().examples;
    const std::size_t row = std::min(m_removed->first, examples.size());
    examples.insert(examples.begin() + static_cast<std::ptrdiff_t>(row), std::move(m_removed->second));
    m_removed.reset();
    m_form->setExamples(std::move(examples));
    m_back->hide();
    reload();
    m_list->setCurrentRow(static_cast<int>(row));
}

} // namespace claimcheck::ui
